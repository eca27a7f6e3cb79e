/** `docs/settings.md`: every setting of every service, printed from the zod objects and the comments above their keys. Pure. */
import { CoordinatorConfig } from '@tributary/coordinator';
import { gatewayConfig } from '@tributary/gateway';
import { workers } from '@tributary/lineup';
import { PlatformConfig } from '@tributary/platform';
import { variableOf } from '@tributary/service-kit';
import { workerSettings } from '@tributary/worker-kit';
import { z } from 'zod';
import { code, printedNote, type PrintedFile, table } from './markdown';
import { type SchemaNode, shapeOf } from './schema-words';

interface Settings {
  readonly title: string;
  readonly schema: z.ZodObject;
  /** Where the comments stand. */
  readonly source: string;
  /** Already told above. */
  readonly without: readonly string[];
}

const platformKeys = Object.keys(PlatformConfig.shape);

const groups: readonly Settings[] = [
  { title: 'Every service', schema: PlatformConfig, source: 'libs/platform/src/config.ts', without: [] },
  { title: 'gateway', schema: gatewayConfig, source: 'apps/gateway/src/config.ts', without: platformKeys },
  { title: 'coordinator', schema: CoordinatorConfig, source: 'apps/coordinator/src/config.ts', without: platformKeys },
  {
    title: workers.map(({ service }) => service).join(', '),
    schema: z.object(workerSettings),
    source: 'libs/worker-kit/src/service/worker-settings.ts',
    without: platformKeys,
  },
];

/** `read` gives the text of a file of the repository. */
export function settingsPage(read: (path: string) => string): PrintedFile {
  const parts = [
    printedNote,
    '# Settings',
    'Read once at the start from the environment. A wrong or missing value ends the start and names every fault at once; a `TRIBUTARY_` variable that nobody reads is warned of. An empty variable counts as none. `npm start` and `npm run cluster` fill in what has no default; the `definition` service reads what every service reads and nothing more.',
    ...groups.map((group) => section(group, commentsOf(read(group.source)))),
  ];
  return { path: 'docs/settings.md', text: `${parts.join('\n\n')}\n` };
}

function section({ title, schema, without }: Settings, comments: ReadonlyMap<string, string>): string {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
  const rows = Object.entries(properties)
    .filter(([key]) => !without.includes(key))
    .map(([key, node]) => [code(variableOf(key)), valueOf(node), defaultOf(required, key, node), comments.get(key) ?? '']);
  return `## ${title}\n\n${table(['variable', 'value', 'default', 'meaning'], rows)}`;
}

function valueOf(node: SchemaNode): string {
  return shapeOf(node).replaceAll('"', '');
}

function defaultOf(required: readonly string[], key: string, node: SchemaNode): string {
  if (node.default !== undefined) return code(JSON.stringify(node.default).replaceAll('"', ''));
  return required.includes(key) ? '**required**' : 'none';
}

/** What is said above a key; a key without a comment of its own shares that of the key before it. */
export function commentsOf(source: string): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  let latest = '';
  for (const line of source.split('\n')) {
    latest = /^ {2}\/\*\* (.+) \*\/$/.exec(line)?.[1] ?? latest;
    const key = /^ {2}(\w+): /.exec(line)?.[1];
    if (key !== undefined) comments.set(key, latest);
  }
  return comments;
}
