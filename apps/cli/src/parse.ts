/** From the words of a command line to what they ask for; mistakes are told in the reader's language, with what may have been meant. */
import { Argument, Command, CommanderError, Option } from 'commander';
import { type CommandDefinition, longFlagOf, type OptionDefinition, valueNameOf } from './command';
import { CommandFailure } from './failure';
import { globalOptions } from './global-options';
import { type Given } from './invocation';
import { type Language } from './language';
import { nearestTo } from './nearest';
import { below, commands, groups, placeIn, wordsOf } from './tree';

export interface Parsed {
  readonly command: CommandDefinition;
  readonly given: Given;
}

/** Throws `CommandFailure`. */
export function parse(argv: readonly string[], language: Language): Parsed | { readonly helpFor: readonly string[] } {
  let found: ReturnType<typeof parse> = { helpFor: [] };
  const program = quiet(new Command('tributary'));
  for (const option of globalOptions) program.addOption(optionOf(option));
  const parents = new Map<string, Command>(groups.map(({ word }) => [word, quiet(program.command(word))]));
  for (const [word, parent] of parents) {
    missing(parent, [word], (answer) => {
      found = answer;
    });
  }
  missing(program, [], (answer) => {
    found = answer;
  });
  for (const definition of commands) {
    const [first = '', second] = definition.words;
    const command = quiet((second === undefined ? program : parents.get(first))?.command(second ?? first) ?? program);
    command.allowExcessArguments(false);
    for (const each of definition.arguments ?? []) command.addArgument(argumentOf(each));
    for (const option of definition.options ?? []) command.addOption(optionOf(option));
    command.action(() => {
      found = {
        command: definition,
        given: { words: definition.words, arguments: command.processedArgs as (string | undefined)[], options: command.optsWithGlobals() },
      };
    });
  }
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? mistake(error, argv, language) : error;
  }
  return found;
}

/** Nothing is printed and nothing ends the process. */
function quiet(command: Command): Command {
  return command
    .exitOverride()
    .helpOption(false)
    .helpCommand(false)
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
}

/** A group without one of its commands shows its help; with something else it says so. */
function missing(parent: Command, words: readonly string[], answer: (found: { readonly helpFor: readonly string[] }) => void): void {
  parent.allowExcessArguments(true).action(() => {
    const [given] = parent.args;
    if (given !== undefined) throw unknownCommand(words, given);
    answer({ helpFor: words });
  });
}

function optionOf({ flags, choices, default: value, repeatable }: OptionDefinition): Option {
  const [, name] = / ([A-Z|]+)$/.exec(flags) ?? [];
  const option = new Option(name === undefined ? flags : flags.replace(/ [A-Z|]+$/, ` <${name}>`));
  if (choices) option.choices(choices);
  if (value !== undefined) option.default(value);
  if (repeatable === true) option.argParser((one: string, before: readonly string[] | undefined) => [...(before ?? []), one]);
  return option;
}

function argumentOf({ name, optional, choices }: NonNullable<CommandDefinition['arguments']>[number]): Argument {
  const argument = new Argument(optional === true ? `[${name}]` : `<${name}>`);
  return choices ? argument.choices(choices) : argument;
}

function unknownCommand(words: readonly string[], given: string): CommandFailure {
  const own = ['tributary', ...words].join(' ');
  const direct = nearestTo(
    given,
    below(words).map(({ word }) => word),
  );
  // `tributary upload` is meant as `tributary gate upload`.
  const elsewhere = commands.find((command) => command.words.at(-1) === given);
  const suggestion = elsewhere && words.length === 0 ? ['tributary', ...elsewhere.words].join(' ') : direct === undefined ? undefined : `${own} ${direct}`;
  return new CommandFailure('UNKNOWN_COMMAND', 'unknownCommand', { given: [...words, given].join(' ') }, wayOut(suggestion, own));
}

function wayOut(suggestion: string | undefined, own: string): NonNullable<CommandFailure['wayOut']> {
  return suggestion === undefined ? { text: 'seeHelp', values: { command: own } } : { text: 'didYouMean', values: { suggestion } };
}

/** Commander tells what it minds in English sentences; the code and the quoted part are what we take. */
function mistake(error: CommanderError, argv: readonly string[], language: Language): CommandFailure {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const definition = placeIn(wordsOf(argv)).command;
  const own = ['tributary', ...(definition?.words ?? [])].join(' ');
  const options = [...(definition?.options ?? []), ...globalOptions];
  const see = { text: 'seeHelp', values: { command: own } } as const;
  switch (error.code) {
    case 'commander.unknownOption':
      return new CommandFailure(
        'UNKNOWN_OPTION',
        'unknownOption',
        { command: own, given: quoted },
        wayOut(nearestTo(quoted.replace(/=.*$/, ''), options.map(longFlagOf)), own),
      );
    case 'commander.missingArgument': {
      const says = definition?.arguments?.find(({ name }) => name === quoted)?.says[language] ?? '';
      return new CommandFailure('MISSING_ARGUMENT', 'missingArgument', { command: own, name: quoted, says }, see);
    }
    case 'commander.excessArguments':
      return new CommandFailure('TOO_MANY_ARGUMENTS', 'tooManyArguments', { command: own, given: excessIn(argv, definition) }, see);
    case 'commander.optionMissingArgument':
      return new CommandFailure('MISSING_VALUE', 'missingValue', { option: quoted }, see);
    case 'commander.invalidArgument':
      return invalidChoice(quoted, error.message, definition, options, see);
    default:
      return new CommandFailure('USAGE', 'unexpected', { message: error.message }, see);
  }
}

/** The first word that is one too many. */
function excessIn(argv: readonly string[], definition: CommandDefinition | undefined): string {
  const { words = [], arguments: taken = [], options = [] } = definition ?? {};
  const flags = new Set(
    [...options, ...globalOptions].filter((option) => valueNameOf(option) !== undefined).flatMap(({ flags }) => flags.replace(/ [A-Z|]+$/, '').split(', ')),
  );
  const own = argv.filter((word, n) => !word.startsWith('-') && !flags.has(argv[n - 1] ?? ''));
  return own[words.length + taken.length] ?? argv.at(-1) ?? '';
}

function invalidChoice(
  quoted: string,
  message: string,
  definition: CommandDefinition | undefined,
  options: readonly OptionDefinition[],
  see: NonNullable<CommandFailure['wayOut']>,
): CommandFailure {
  const option = options.find(
    (each) => quoted.startsWith(longFlagOf(each)) || each.flags.replace(valueNameOf(each) ?? '', '').trim() === quoted.replace(/ <.*$/, ''),
  );
  const taken = definition?.arguments?.find(({ name }) => name === / for argument '([^']*)'/.exec(message)?.[1]);
  const choices = option?.choices ?? taken?.choices ?? [];
  const given = /'([^']*)' is invalid/.exec(message)?.[1] ?? /argument '([^']*)'/.exec(message)?.[1] ?? '';
  const guess = nearestTo(given, choices);
  return new CommandFailure(
    'INVALID_VALUE',
    'invalidChoice',
    { option: option ? longFlagOf(option) : (taken?.name ?? quoted), choices: choices.join(', '), given },
    guess === undefined ? see : { text: 'didYouMean', values: { suggestion: guess } },
  );
}
