/** `tributary completion`: scripts that are printed from the commands; completing starts no process of ours. */
import { type CommandDefinition, type CommandTree, longFlagOf, type OptionDefinition, valueNameOf } from '../command';
import { globalOptions } from '../global-options';
import { type Invocation } from '../invocation';
import { type Language } from '../language';

export async function printCompletion(invocation: Invocation, tree: CommandTree): Promise<number> {
  const script = scripts[invocation.argument(0) as keyof typeof scripts];
  invocation.print(script(tree, invocation.language));
  return await Promise.resolve(0);
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export function bashScript({ groups, commands, below }: CommandTree): string {
  const words = (of: readonly string[]): string => below(of).map(({ word }) => word).join(' '); // prettier-ignore
  const cases = [
    `    "") words="${words([])}" ;;`,
    ...groups.map(({ word }) => `    "${word}") words="${words([word])}" ;;`),
    ...commands.map(
      (command) =>
        `    "${command.words.join(' ')}") words="${command.arguments?.flatMap(({ choices = [] }) => choices).join(' ') ?? ''}" options="${flagsOf(command)}" ;;`,
    ),
  ];
  const values = valued(commands).map(([flag, choices]) => `    ${flag}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$current")); return ;;`);
  return `# bash completion of tributary: source <(tributary completion bash)
_tributary() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" place="" words="" options="${flags(globalOptions)}" word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$place/$word" in
${[...new Set([...groups.map(({ word }) => `/${word}`), ...commands.map(({ words: own }) => (own.length === 1 ? `/${own.join('')}` : own.join('/')))])].map((path) => `      "${path}") place="${path.replace(/^\//, '').replace('/', ' ')}" ;;`).join('\n')}
    esac
  done
  case "$previous" in
${values.join('\n')}
  esac
  case "$place" in
${cases.join('\n')}
  esac
  if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ -n "$words" ]]; then COMPREPLY=($(compgen -W "$words" -- "$current"))
  else COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _tributary tributary`;
}

export function zshScript({ groups, commands, below }: CommandTree, language: Language): string {
  const quote = (text: string): string => text.replaceAll("'", '’').replaceAll(':', '\\:');
  const named = (of: readonly string[]): string => below(of).map(({ word, says }) => `'${word}:${quote(says[language])}'`).join(' '); // prettier-ignore
  const groupCases = groups.map(
    ({ word }) => `    ${word}) if (( CURRENT == 3 )); then commands=(${named([word])}); _describe command commands; return; fi ;;`,
  );
  const commandCases = commands.map(
    (command) =>
      `    '${command.words.join(' ')}') _arguments ${[...(command.options ?? []), ...globalOptions].map((option) => zshOption(option, language)).join(' ')} '*:file:${choicesOf(command)}' ;;`,
  );
  return `#compdef tributary
_tributary() {
  local -a commands
  if (( CURRENT == 2 )); then commands=(${named([])}); _describe command commands; return; fi
  case "$words[2]" in
${groupCases.join('\n')}
  esac
  local place="$words[2]"
  case "$place" in ${groups.map(({ word }) => word).join('|')}) place="$words[2] $words[3]" ;; esac
  case "$place" in
${commandCases.join('\n')}
  esac
}
compdef _tributary tributary`;
}

function zshOption(option: OptionDefinition, language: Language): string {
  const says = option.says[language].replaceAll(/['[\]]/g, '’').replaceAll(':', '\\:');
  const value = valueNameOf(option);
  const choices = option.choices ? `(${option.choices.join(' ')})` : option.isFile === true ? '_files' : ' ';
  return `'${longFlagOf(option)}[${says}]${value === undefined ? '' : `:${value}:${choices}`}'`;
}

function choicesOf({ arguments: taken = [] }: CommandDefinition): string {
  const choices = taken.flatMap((argument) => argument.choices ?? []);
  return choices.length === 0 ? '_files' : `(${choices.join(' ')})`;
}

export function fishScript({ groups, commands, below }: CommandTree, language: Language): string {
  const quote = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const top = below([]).map(({ word, says }) => `complete -c tributary -f -n __fish_use_subcommand -a ${word} -d '${quote(says[language])}'`);
  const second = groups.flatMap(({ word: group }) => {
    const own = below([group]);
    const unseen = `__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${own.map(({ word }) => word).join(' ')}`;
    return own.map(({ word, says }) => `complete -c tributary -f -n '${unseen}' -a ${word} -d '${quote(says[language])}'`);
  });
  const options = commands.flatMap(({ words: own, options: taken = [] }) => {
    const seen = own.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    return taken.map((option) => `complete -c tributary -n '${seen}' ${fishOption(option)} -d '${quote(option.says[language])}'`);
  });
  const all = globalOptions.map((option) => `complete -c tributary ${fishOption(option)} -d '${quote(option.says[language])}'`);
  const shells = `complete -c tributary -f -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'`;
  return ['# fish completion of tributary', ...top, ...second, ...options, ...all, shells].join('\n');
}

function fishOption(option: OptionDefinition): string {
  const short = /^-([a-z]),/.exec(option.flags)?.[1];
  const takes = valueNameOf(option) === undefined ? '' : option.choices ? ` -x -a '${option.choices.join(' ')}'` : option.isFile === true ? ' -r -F' : ' -x';
  return `-l ${longFlagOf(option).slice(2)}${short === undefined ? '' : ` -s ${short}`}${takes}`;
}

function flags(options: readonly OptionDefinition[]): string {
  return options.map(longFlagOf).join(' ');
}

function flagsOf({ options = [] }: CommandDefinition): string {
  return `${flags(options)} ${flags(globalOptions)}`.trim();
}

/** Every option that has choices; where two commands differ, what any of them takes. */
function valued(commands: readonly CommandDefinition[]): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const option of [...globalOptions, ...commands.flatMap(({ options = [] }) => options)]) {
    if (option.choices) found.set(longFlagOf(option), [...new Set([...(found.get(longFlagOf(option)) ?? []), ...option.choices])]);
  }
  return [...found];
}
