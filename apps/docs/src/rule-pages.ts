/** `docs/rules/`: one page for each rule and an index, printed from the rules themselves. Pure. */
import { excelRules, type Sketch } from '@tributary/excel-rules';
import { codeBlock, type RuleDescription, rulePage } from '@tributary/findings';
import { sqlRules } from '@tributary/sql-rules';
import { wedataRules, type WedataExample } from '@tributary/wedata-rules';
import { code, printedNote, type PrintedFile, table } from './markdown';
import { sketchTables } from './sketch-table';

interface Pack<Source> {
  readonly title: string;
  readonly about: string;
  readonly rules: readonly RuleDescription<Source>[];
  /** An example's source in Markdown. */
  readonly show: (source: Source) => string;
}

const sqlPack: Pack<string> = {
  title: 'SQL',
  about: 'Sub-task type `SQL`: `.sql`, `.hql` and `.ddl` files.',
  rules: sqlRules,
  show: (source) => codeBlock(source, 'sql'),
};

const excelPack: Pack<Sketch> = {
  title: 'Excel',
  about: 'Sub-task type `EXCEL`: sheets that are workflow templates by their headers.',
  rules: excelRules,
  show: sketchTables,
};

const wedataPack: Pack<WedataExample> = {
  title: 'WeData',
  about: 'Sub-task type `WEDATA`: tasks, workflows, triggers and bundles in JSON or YAML.',
  rules: wedataRules,
  show: ({ path, text }) => `${code(path)}\n\n${codeBlock(text, /\.ya?ml$/.test(path) ? 'yaml' : 'json')}`,
};

export function rulePages(): PrintedFile[] {
  return [index(), ...pagesOf(sqlPack), ...pagesOf(excelPack), ...pagesOf(wedataPack)];
}

function pagesOf<Source>({ rules, show }: Pack<Source>): PrintedFile[] {
  return rules.map((rule) => ({ path: `docs/rules/${rule.id}.md`, text: `${printedNote}\n\n${rulePage(rule, show)}` }));
}

function index(): PrintedFile {
  const parts = [
    printedNote,
    '# Rules · 规则',
    'What the scanners look for. A page says why it matters, what is flagged and what is accepted; its examples run as tests. Severity, options and whether a rule is on are set for a worker, for everybody or for one product (`PUT /api/v1/gate/worker-configs/...`, see [the API](../generated/openapi.json)).',
    ...[section(sqlPack), section(excelPack), section(wedataPack)],
  ];
  return { path: 'docs/rules/README.md', text: `${parts.join('\n\n')}\n` };
}

function section<Source>({ title, about, rules }: Pack<Source>): string {
  const rows = rules.map(({ id, title: said, severity, enabledByDefault }) => [
    `[\`${id}\`](${id}.md)`,
    said.en,
    said.zh,
    severity,
    enabledByDefault ? 'yes' : 'no',
  ]);
  return `## ${title}\n\n${about} ${String(rules.length)} rules.\n\n${table(['rule', 'title', '标题', 'severity · 级别', 'on by default · 默认启用'], rows)}`;
}
