import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** The dependency rule. One line per layer, with the sentence that says why; docs/architecture.md prints the same table. */
const layers = [
  // The contract is read by everybody, in a browser too: it may lean on nothing but its schema library and two hash functions.
  { sourceTag: 'layer:contract', onlyDependOnLibsWithTags: ['layer:contract'], allowedExternalImports: ['zod', 'fast-check', 'canonicalize', '@noble/hashes*', 'ajv*'] },
  // A core decides; whatever it needs from the world arrives as an argument.
  { sourceTag: 'layer:core', onlyDependOnLibsWithTags: ['layer:contract', 'layer:core'], allowedExternalImports: ['zod', 'fast-check', '@marcbachmann/cel-js', 'yaml', 'croner', 'canonicalize', '@noble/hashes*', 'hucre', 'ajv*'] },
  // Adapters know one technology each; an adapter that knows another cannot be replaced alone.
  { sourceTag: 'layer:adapter', onlyDependOnLibsWithTags: ['layer:contract', 'layer:test'] },
  // A kit is what services are made of; it never knows a service.
  { sourceTag: 'layer:kit', onlyDependOnLibsWithTags: ['layer:contract', 'layer:core', 'layer:adapter', 'layer:kit', 'layer:test'] },
  // Services tell each other facts; an app that imports another app has found a second door.
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['layer:contract', 'layer:core', 'layer:adapter', 'layer:kit', 'layer:test'] },
  // The launcher composes the services in one process; it is the one place that may know them all.
  { sourceTag: 'layer:launcher', onlyDependOnLibsWithTags: ['layer:contract', 'layer:core', 'layer:adapter', 'layer:kit', 'layer:app', 'layer:test'] },
  // Test support may lean on anything; production code must not lean on it (see the rule for source files below).
  { sourceTag: 'layer:test', onlyDependOnLibsWithTags: ['*'] },
];

const pureLibs = ['facts', 'convergence', 'findings', 'sql-rules', 'excel-rules', 'wedata-rules'];
const pure = pureLibs.map((lib) => `libs/${lib}/src/**/*.ts`);
const tests = ['**/*.spec.ts', '**/testing/**/*.ts', 'libs/testing/**/*.ts'];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.nx', '**/*.mjs', '**/*.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { depConstraints: layers, enforceBuildableLibDependency: false, banTransitiveDependencies: false }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // A value and its type share a name here (`const ZipUploaded`, `type ZipUploaded`).
      '@typescript-eslint/no-redeclare': 'off',
      // Nest passes plain objects where it declares classes: NestFactory.create(AppModule, { logger }).
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: tests,
    rules: {
      // Tests put real adapters together; what is shipped does not.
      '@nx/enforce-module-boundaries': 'off',
      'max-lines-per-function': 'off',
      'max-lines': ['error', { max: 450 }],
      // Tests reach into answers whose shape they assert.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: [...tests, 'libs/testing/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['@tributary/testing'], message: 'Test support stays out of what is shipped.' }] }],
    },
  },
  {
    files: pure,
    ignores: tests,
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*', '@nestjs/*', 'rxjs', 'kafkajs', 'typeorm', 'pg', '@tributary/testing'], message: 'This lib is pure: take what you need as an argument.' }] },
      ],
      'no-restricted-globals': ['error', 'process', 'console', 'fetch', 'setTimeout', 'setInterval', 'crypto', 'performance', 'Buffer'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time arrives as a fact.' },
        { object: 'Math', property: 'random', message: 'Chance arrives as an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time arrives as a fact.' },
        { selector: 'ThrowStatement', message: 'Return the refusal; the core does not throw.' },
        { selector: 'AwaitExpression', message: 'The core does not wait.' },
      ],
    },
  },
);
