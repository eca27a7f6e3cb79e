import config from './eslint.config.mjs';

/** The whole tree as one TypeScript program: what `npm run check` takes, three times quicker than a program for every project, which is what an editor wants. */
export default [
  ...config,
  { files: ['**/*.ts', '**/*.tsx'], languageOptions: { parserOptions: { projectService: false, project: ['tsconfig.json', 'apps/console/tsconfig.json'] } } },
];
