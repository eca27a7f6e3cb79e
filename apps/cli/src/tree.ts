/** All commands, in the order in which help shows them. */
import { type CommandDefinition, type GroupDefinition, longFlagOf, valueNameOf } from './command';
import { completionCommand } from './commands/completion.commands';
import { deadLetterCommands } from './commands/dead-letter.commands';
import { doctorCommand } from './commands/doctor.commands';
import { gateCommands } from './commands/gate.commands';
import { packageCommands } from './commands/package.commands';
import { policyCommands } from './commands/policy.commands';
import { workerCommands } from './commands/worker.commands';
import { globalOptions } from './global-options';

export const groups: readonly GroupDefinition[] = [
  { word: 'gate', says: { en: 'Upload packages, watch and understand their verdicts', zh: '上传版本包，查看并理解结论' } },
  { word: 'package', says: { en: 'Look into a package without a server', zh: '本地检查版本包（无需服务）' } },
  { word: 'policy', says: { en: 'Check, publish and try policies', zh: '检查、发布与试算策略' } },
  { word: 'dead-letters', says: { en: 'Facts that a consumer gave up on', zh: '消费方放弃处理的事实' } },
  { word: 'worker', says: { en: 'For teams with a worker of their own', zh: '供自有工作器的团队使用' } },
];

export const commands: readonly CommandDefinition[] = [
  ...gateCommands,
  ...packageCommands,
  ...policyCommands,
  ...deadLetterCommands,
  ...workerCommands,
  doctorCommand,
  completionCommand(() => ({ groups, commands, below })),
];

/** The longest beginning of `words` that is a command or a group. */
export function placeIn(words: readonly string[]): { readonly words: readonly string[]; readonly command?: CommandDefinition } {
  const exact = commands.find(({ words: own }) => own.every((word, n) => words[n] === word));
  if (exact) return { words: exact.words, command: exact };
  const group = groups.find(({ word }) => word === words[0]);
  return { words: group ? [group.word] : [] };
}

/** The commands directly below a group, or all groups and single commands below nothing. */
export function below(words: readonly string[]): readonly (GroupDefinition & { readonly command?: CommandDefinition })[] {
  const [group] = words;
  if (group !== undefined) {
    return commands.flatMap((command) =>
      command.words[0] === group && command.words[1] !== undefined ? [{ word: command.words[1], says: command.says, command }] : [],
    );
  }
  const single = commands.flatMap((command) => (command.words.length === 1 ? [{ word: command.words[0] ?? '', says: command.says, command }] : []));
  return [...groups, ...single];
}

/** Without options and their values, as far as they stand before or between the words of a command. */
export function wordsOf(argv: readonly string[]): string[] {
  const withValue = new Set(globalOptions.filter((option) => valueNameOf(option) !== undefined).map(longFlagOf));
  return argv.filter((word, n) => !word.startsWith('-') && !withValue.has(argv[n - 1] ?? ''));
}
