/** `docs/cli.md`: the command line, printed from its commands. Pure. */
import { type Bilingual, type CommandDefinition, commands, globalOptions, groups, type OptionDefinition, usageOf } from '@tributary/cli/documented';
import { code, type PrintedFile, printedNote, table } from './markdown';

const opening = `# The command line · 命令行

In the repository: \`npm run -s tributary -- COMMAND\` builds it when it is stale. \`npx nx build cli\` makes \`dist/cli\`, the package \`@tributary/cli\`: one file, everything inside.

在仓库中使用 \`npm run -s tributary -- COMMAND\`，必要时自动构建。\`npx nx build cli\` 生成 \`dist/cli\`，即 \`@tributary/cli\` 包：单个文件，无其他依赖。

## Promises · 约定

* Results go to stdout, everything else to stderr. 结果输出到 stdout，其余输出到 stderr。
* Exit codes · 退出码: 0 yes (SUCCESS, sound, valid) 通过 · 1 the answer is no (PARTIAL_SUCCESS or FAILED by \`--fail-on\`, refused, invalid) 未通过 · 2 could not find out (unreachable, refused, cancelled, not in time, misused) 无法得知 · 130 interrupted 被中断.
* \`--json\` prints one document, or one line for each fact where it says NDJSON. Members that are named here stay; new ones may come. Errors are one line on stderr: \`{ "error": { "code", "message", "hint"?, "problem"? } }\`, \`problem\` being the server's problem document. \`--json\` 的字段只增不减；错误以一行 JSON 输出到 stderr。
* A terminal gets lanes that are drawn over themselves; anything else gets plain lines. \`NO_COLOR\` is heeded. 终端中动态显示，其他环境逐行输出；遵循 \`NO_COLOR\`。
* A broken connection is taken up again: an upload under the same idempotency key, a watched task behind the last fact that was heard. Ctrl-C leaves the task running. 连接中断自动续接；Ctrl-C 不影响任务。
* \`TRIBUTARY_DEBUG=1\` shows where an error comes from.

## Options of every command · 通用选项
`;

export function cliPage(): PrintedFile {
  const single = commands.filter(({ words }) => words.length === 1);
  const parts = [
    ...groups.flatMap(({ word, says }) => [`## \`${word}\`\n\n${both(says)}`, ...commands.filter(({ words }) => words[0] === word).map(section)]),
    ...single.map(section),
  ];
  return { path: 'docs/cli.md', text: `${[printedNote, opening.trimEnd(), optionTable(globalOptions), ...parts].join('\n\n')}\n` };
}

function section(command: CommandDefinition): string {
  const { words, says, more = [], arguments: taken = [], options = [], examples, json } = command;
  return [
    `${words.length === 1 ? '##' : '###'} \`tributary ${words.join(' ')}\``,
    [says, ...more].map(both).join('\n\n'),
    `\`\`\`text\n${usageOf(command)}\n\`\`\``,
    ...(taken.length === 0
      ? []
      : [
          table(
            ['argument · 参数', 'meaning', '含义'],
            taken.map(({ name, says: means, choices }) => [code(name), withChoices(means.en, choices), withChoices(means.zh, choices)]),
          ),
        ]),
    ...(options.length === 0 ? [] : [optionTable(options)]),
    `\`\`\`sh\n${examples.map(({ run, says: means }) => `# ${means.en} · ${means.zh}\n${run}`).join('\n')}\n\`\`\``,
    ...(json ? [`\`--json\`: ${json.en.replaceAll('[', '\\[')}`] : []),
  ].join('\n\n');
}

function optionTable(options: readonly OptionDefinition[]): string {
  const rows = options.map(({ flags, says, choices, default: value }) => {
    const details = value === undefined ? '' : ` (${value})`;
    return [code(flags), `${withChoices(says.en, choices)}${details}`, `${withChoices(says.zh, choices)}${details}`];
  });
  return table(['option · 选项', 'meaning', '含义'], rows);
}

function withChoices(text: string, choices: readonly string[] | undefined): string {
  return choices ? `${text}: ${choices.map(code).join(', ')}` : text;
}

function both({ en, zh }: Bilingual): string {
  return `${en}${/[.!?)]$/.test(en) ? '' : '.'} ${zh}${/[。！？）]$/.test(zh) ? '' : '。'}`;
}
