import { readFileSync } from 'node:fs';
import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** The dependency rule: one entry per layer, with the sentence that says why. docs/architecture.md is printed from the same file. */
const layers = JSON.parse(readFileSync(new URL('tools/layers.json', import.meta.url), 'utf8'));
const depConstraints = layers.map(({ because: _because, ...constraint }) => constraint);
const boundaries = nx.rules['enforce-module-boundaries'];

/** Nx says what is forbidden; this adds why. */
const boundariesWithReasons = {
  ...boundaries,
  meta: {
    ...boundaries.meta,
    messages: Object.fromEntries(
      Object.entries(boundaries.meta.messages).map(([id, text]) => [id, text.includes('{{sourceTag}}') ? `${text}. {{because}}` : text]),
    ),
  },
  create(context) {
    const reasonOf = (tag) => layers.find(({ sourceTag }) => sourceTag === tag)?.because ?? '';
    const report = (problem) => context.report({ ...problem, data: { ...problem.data, because: reasonOf(problem.data?.sourceTag) } });
    return boundaries.create(Object.create(context, { report: { value: report } }));
  },
};

const pureLibs = ['facts', 'convergence', 'findings', 'sql-rules', 'excel-rules', 'wedata-rules', 'quartz-cron', 'taking-part'];
const pure = pureLibs.map((lib) => `libs/${lib}/src/**/*.ts`);
const tests = ['**/*.spec.ts', '**/testing/**/*.ts', 'libs/testing/**/*.ts'];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.nx', '**/*.mjs', '**/*.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': { ...nx, rules: { ...nx.rules, 'enforce-module-boundaries': boundariesWithReasons } } },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { depConstraints, enforceBuildableLibDependency: false, banTransitiveDependencies: false }],
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
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.ts'],
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
