/** The help of a command, a group, or all: printed from the definitions, in both languages. Pure. */
import { asTyped } from './called-as';
import { type ArgumentDefinition, type CommandDefinition, type OptionDefinition } from './command';
import { globalOptions } from './global-options';
import { type Bilingual, type Language } from './language';
import { padded, type Style, widthOf } from './style';
import { textIn, type TextKey, type TextValues } from './texts';
import { below, placeIn } from './tree';
import { type World } from './world';

export interface Reader {
  readonly language: Language;
  readonly style: Style;
  readonly environment: World['environment'];
}

export function helpFor(words: readonly string[], reader: Reader): string {
  const place = placeIn(words);
  const lines = place.command ? commandHelp(place.command, reader) : groupHelp(place.words, reader);
  return `${lines.join('\n')}\n`;
}

function groupHelp(words: readonly string[], reader: Reader): string[] {
  const { say, title } = speaking(reader);
  const own = asTyped(['tributary', ...words].join(' '), reader.environment);
  const entries = below(words).map(({ word, says }): [string, string] => [word, says[reader.language]]);
  return [
    say('about'),
    '',
    title('usage'),
    `  ${own} COMMAND ...`,
    '',
    title('commands'),
    ...pairs(entries, reader.style),
    '',
    ...(words.length > 0
      ? []
      : [
          title('globalOptions'),
          ...pairs(
            globalOptions.map((option) => optionPair(option, reader)),
            reader.style,
          ),
          '',
        ]),
    say('moreHelp', { command: own }),
    ...(words.length > 0 ? [] : [reader.style('dim', say('exitCodes'))]),
  ];
}

function commandHelp(command: CommandDefinition, reader: Reader): string[] {
  const { title, tell, say } = speaking(reader);
  const { arguments: taken = [], options = [], more = [], examples, json } = command;
  return [
    tell(command.says),
    ...more.flatMap((paragraph) => ['', tell(paragraph)]),
    '',
    title('usage'),
    `  ${asTyped(usageOf(command), reader.environment)}`,
    '',
    ...(taken.length === 0
      ? []
      : [
          title('arguments'),
          ...pairs(
            taken.map((each) => argumentPair(each, reader)),
            reader.style,
          ),
          '',
        ]),
    ...(options.length === 0
      ? []
      : [
          title('options'),
          ...pairs(
            options.map((each) => optionPair(each, reader)),
            reader.style,
          ),
          '',
        ]),
    title('globalOptions'),
    ...pairs(
      globalOptions.map((each) => optionPair(each, reader)),
      reader.style,
    ),
    '',
    title('examples'),
    ...examples.flatMap(({ run, says }) => [`  ${reader.style('dim', `# ${tell(says)}`)}`, `  ${asTyped(run, reader.environment)}`]),
    ...(json ? ['', title('withJson'), `  ${tell(json)}`] : []),
    '',
    reader.style('dim', say('exitCodes')),
  ];
}

export function usageOf({ words, arguments: taken = [], options = [] }: CommandDefinition): string {
  const named = taken.map(({ name, optional }) => (optional === true ? `[${name}]` : name));
  return ['tributary', ...words, ...named, ...(options.length === 0 ? [] : ['[OPTIONS]'])].join(' ');
}

function argumentPair({ name, says, choices }: ArgumentDefinition, { language }: Pick<Reader, 'language'>): [string, string] {
  return [name, detailed(says, { ...(choices && { choices }) }, language)];
}

export function optionPair(option: OptionDefinition, { language }: Pick<Reader, 'language'>): [string, string] {
  return [option.flags.startsWith('--') ? `    ${option.flags}` : option.flags, detailed(option.says, option, language)];
}

/** The sentence, and in brackets what can be said by rule. */
function detailed(
  says: Bilingual,
  { choices, default: value, repeatable }: Pick<OptionDefinition, 'choices' | 'default' | 'repeatable'>,
  language: Language,
): string {
  const details = [
    ...(choices ? [textIn(language, 'oneOf', { choices: choices.join(', ') })] : []),
    ...(value === undefined ? [] : [textIn(language, 'byDefault', { value })]),
    ...(repeatable === true ? [textIn(language, 'repeatable')] : []),
  ];
  if (details.length === 0) return says[language];
  return language === 'zh' ? `${says.zh}（${details.join('；')}）` : `${says.en} (${details.join('; ')})`;
}

function pairs(entries: readonly (readonly [string, string])[], style: Style): string[] {
  const width = Math.max(...entries.map(([name]) => widthOf(name)));
  return entries.map(([name, says]) => `  ${style('accent', padded(name, width))}  ${says}`);
}

function speaking({ language, style }: Pick<Reader, 'language' | 'style'>): {
  say: (key: TextKey, values?: TextValues) => string;
  title: (key: TextKey) => string;
  tell: (text: Bilingual) => string;
} {
  return {
    say: (key, values) => textIn(language, key, values),
    title: (key) => style('strong', textIn(language, key)),
    tell: (text) => text[language],
  };
}
