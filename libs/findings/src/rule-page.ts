/** The page of a rule for people, in Markdown and both languages, printed from the rule itself. */
import { z } from 'zod';
import { type Example, type RuleDescription } from './rule';

/** `show` turns the source of an example into Markdown; without it a text is shown as SQL and a value as JSON. Deterministic: ends with one line feed. */
export function rulePage<Source>(rule: RuleDescription<Source>, show: (source: Source) => string = sourceBlock): string {
  const { id, title, why, severity, enabledByDefault, source, examples } = rule;
  const parts = [
    `# \`${id}\`: ${title.en} · ${title.zh}`,
    `| severity · 级别 | on by default · 默认启用 |\n|---|---|\n| ${severity} | ${enabledByDefault ? 'yes · 是' : 'no · 否'} |`,
    `## Why · 为什么\n\n${why.en}\n\n${why.zh}`,
    `## Options · 选项\n\n${optionsTable(rule.options)}`,
    `## Flagged · 会报告\n\n${examples.flagged.map((example) => exampleBlock(example, show)).join('\n\n')}`,
    `## Accepted · 不报告\n\n${examples.accepted.map((example) => exampleBlock(example, show)).join('\n\n')}`,
    `## Source · 出处\n\n${source}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

interface OptionShape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
}

function optionsTable(options: z.ZodType): string {
  const schema = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries((schema.properties ?? {}) as Readonly<Record<string, OptionShape>>).map(
    ([name, option]) => `| \`${name}\` | ${typeOf(option)} | \`${cell(JSON.stringify(option.default) as string | undefined)}\` | ${cell(option.description)} |`,
  );
  return rows.length === 0 ? 'None. 无。' : ['| option · 选项 | type · 类型 | default · 默认 | meaning · 含义 |', '|---|---|---|---|', ...rows].join('\n');
}

function typeOf({ enum: values, type }: OptionShape): string {
  return cell(values ? values.map((value) => JSON.stringify(value)).join(' \\| ') : (type ?? 'any'));
}

function cell(text = ''): string {
  return text.replaceAll('\n', ' ').replaceAll(/(?<!\\)\|/g, '\\|');
}

function exampleBlock<Source>({ source, note }: Example<Source>, show: (source: Source) => string): string {
  return `${note === undefined ? '' : `${note}\n\n`}${show(source)}`;
}

function sourceBlock(source: unknown): string {
  return typeof source === 'string' ? codeBlock(source, 'sql') : codeBlock(JSON.stringify(source, null, 2), 'json');
}

/** A fenced block of Markdown; its fence is longer than any run of backticks inside. */
export function codeBlock(text: string, language: string): string {
  const ticks = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${ticks}${language}\n${text.replace(/\n+$/, '')}\n${ticks}`;
}
