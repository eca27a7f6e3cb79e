/** The coordinator and what it judges with know no type of sub-task: a worker that is added later changes nothing here. And nobody commands anybody. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(__dirname, '../../..');

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/node_modules|[/\\]testing[/\\]/.test(path));
}

const workers = readdirSync(join(root, 'apps')).filter((app) => app.endsWith('-worker'));
/** What workers call themselves: every `subTaskType: '...'` of theirs. */
const types = [
  ...new Set(
    workers
      .flatMap((app) => sources(`apps/${app}`))
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/subTaskType\w*\s*[:=]\s*['"]([A-Z][A-Z0-9_]*)['"]/g)].map(([, type]) => type!)),
  ),
];

/** Code without its comments: those may name an example. */
const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

/** The text as a literal, or a part of one. */
const names = (text: string, type: string): boolean => new RegExp(`(['"\`])[^'"\`\\n]*(?<![A-Z0-9_])${type}(?![A-Z0-9_])[^'"\`\\n]*\\1`).test(text);

describe('[Z-006 Z-007 Z-014 Z-016] types of sub-tasks', () => {
  const knowing = ['apps/coordinator/src', 'libs/convergence/src', 'apps/gateway/src'];

  it('are found in the workers, so that this test can fail', () => {
    expect(workers.length).toBeGreaterThan(0);
    expect(types.length).toBeGreaterThan(0);
    for (const type of types) expect(names(`publish({ subTaskType: '${type}' })`, type)).toBe(true);
    expect(names('`the type SQL failed`', 'SQL')).toBe(true);
    expect(names(`'NO_SQL_HERE'`, 'SQL')).toBe(false);
  });

  it.each(knowing)('are named nowhere in %s', (folder) => {
    const files = sources(folder);
    expect(files.length).toBeGreaterThan(10);
    const named = files.flatMap((path) => {
      const text = withoutComments(readFileSync(path, 'utf8'));
      return types.filter((type) => names(text, type)).map((type) => `${relative(root, path)}: ${type}`);
    });
    expect(named).toEqual([]);
  });
});

describe('[Z-008 Z-010 Z-013 Z-024] a call to another service', () => {
  /** How one opens a connection by HTTP in Node. */
  const calls = (text: string): boolean => /(?<![.\w])fetch\(|from '(?:node:)?https?'|\b(?:undici|axios|got)\b/.test(withoutComments(text));

  it('is found where there is one, so that this test can fail', () => {
    expect(sources('apps/gateway/src').some((path) => calls(readFileSync(path, 'utf8')))).toBe(true);
  });

  it.each(['coordinator', 'definition', ...workers])('is made nowhere in apps/%s: it reads facts and states facts', (app) => {
    const files = [...sources(`apps/${app}/src`), ...(app.endsWith('-worker') ? sources('libs/worker-kit/src') : [])];
    expect(files.filter((path) => calls(readFileSync(path, 'utf8'))).map((path) => relative(root, path))).toEqual([]);
  });
});
