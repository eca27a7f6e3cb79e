/** `docs/workers.md`: every worker of ours, printed from its README, its configuration and its rules. */
import { type Bilingual, type RuleMetadata } from '@tributary/findings';
import { workers } from '@tributary/lineup';
import { type WorkerService } from '@tributary/worker-kit/scanning';
import { z } from 'zod';
import { code, printedNote, type PrintedFile, table } from './markdown';
import { rulePages } from './rule-pages';
import { type SchemaNode, shapeOf } from './schema-words';

const opening = `# Workers · 工作器

The workers that \`npm start\` and \`npm run cluster\` bring along. Anybody may run others, in any language, without being listed here: [taking part](taking-part.md). A configuration is
published with \`PUT /api/v1/gate/worker-configs/{type}\`, for everybody or for one product; what it leaves out has the default.`;

/** `read` gives the text of a file of the repository. */
export async function workersPage(read: (path: string) => string): Promise<PrintedFile> {
  const sections = await Promise.all(workers.map((worker) => section(worker, read)));
  return { path: 'docs/workers.md', text: `${[printedNote, opening, ...sections].join('\n\n')}\n` };
}

async function section({ service, summary, definition }: WorkerService, read: (path: string) => string): Promise<string> {
  const { rules } = await definition();
  const { properties = {} } = z.toJSONSchema(summary.configSchema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
  const settings = Object.entries(properties).map(([name, node]) => [code(name), shapeOf(node), code(JSON.stringify(node.default))]);
  return [
    `## ${service}`,
    read(`apps/${service}/README.md`)
      .replace(/^# .*\n+/, '')
      .trim(),
    table(['setting', 'value', 'default'], settings),
    table(
      ['rule', 'title', '标题', 'severity'],
      rules.map((rule) => [nameOf(rule), ...titlesOf(rule), rule.severity ?? '']),
    ),
  ].join('\n\n');
}

const paged = new Set(rulePages().map(({ path }) => path));

/** A link where the rule has a page of its own. */
function nameOf({ id }: RuleMetadata): string {
  return paged.has(`docs/rules/${id}.md`) ? `[${code(id)}](rules/${id}.md)` : code(id);
}

function titlesOf({ title = '' }: RuleMetadata): string[] {
  const { en, zh }: Bilingual = typeof title === 'string' ? { en: title, zh: title } : title;
  return [en, zh];
}
