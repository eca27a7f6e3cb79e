/** The table of layers inside `docs/architecture.md`, printed from the data that the linter obeys. Pure. */
import { z } from 'zod';
import { code, type PrintedFile, table } from './markdown';
import { type Project, type Repository } from './repository';

const Layers = z.array(
  z.strictObject({
    sourceTag: z.string(),
    onlyDependOnLibsWithTags: z.array(z.string()),
    allowedExternalImports: z.array(z.string()).optional(),
    because: z.string(),
  }),
);

const path = 'docs/architecture.md';
const [begin, end] = ['<!-- layers -->', '<!-- /layers -->'];

/** The page as it is, with its table anew. Throws when the page has lost its marks. */
export function architecturePage({ read, projects }: Repository): PrintedFile {
  const page = read(path);
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no place for the table: ${begin} ... ${end}`);
  const printed = layerTable(JSON.parse(read('tools/layers.json')), projects);
  return { path, text: `${page.slice(0, from + begin.length)}\n\n${printed}\n\n${page.slice(to)}` };
}

export function layerTable(layers: unknown, projects: readonly Project[]): string {
  const rows = Layers.parse(layers).map(({ sourceTag, onlyDependOnLibsWithTags, allowedExternalImports, because }) => [
    nameOf(sourceTag),
    projects
      .filter(({ tags }) => tags.includes(sourceTag))
      .map(({ folder }) => code(folder))
      .join(', '),
    onlyDependOnLibsWithTags.map((tag) => (tag === '*' ? 'anything' : nameOf(tag))).join(', '),
    allowedExternalImports?.map(code).join(', ') ?? 'any',
    because,
  ]);
  return table(['layer', 'projects', 'may import', 'packages', 'because'], rows);
}

function nameOf(tag: string): string {
  return tag.replace(/^layer:/, '');
}
