/** One command line from its words to its exit code. */
import { Interrupted } from './failure';
import { helpFor } from './help';
import { Invocation } from './invocation';
import { type Language, languageOf } from './language';
import { styleOf, wantsColours } from './style';
import { placeIn, wordsOf } from './tree';
import { version } from './version';
import { type World } from './world';

/** Never rejects. 0 yes · 1 the answer is no · 2 could not find out · 130 interrupted. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  const language = languageAsked(argv) ?? languageOf(world.environment);
  if (/^(--version|-V|version)$/.test(argv[0] ?? '')) {
    world.stdout.write(`${version}\n`);
    return 0;
  }
  const wanted = helpWanted(argv);
  if (wanted) return showHelp(wanted, language, world);
  try {
    const { parse } = await import('./parse');
    const parsed = parse(argv, language);
    if ('helpFor' in parsed) return showHelp(parsed.helpFor, language, world);
    return await interruptible(world, async (signal) => {
      const act = await parsed.command.load();
      return await act(new Invocation(world, parsed.given, language, signal));
    });
  } catch (error) {
    if (error instanceof Interrupted) return 130;
    const { tellFailure } = await import('./tell-failure');
    tellFailure(error, { world, language, json: argv.includes('--json') });
    return 2;
  }
}

async function interruptible(world: World, act: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const interruption = new AbortController();
  const forget = world.onInterrupt(() => {
    interruption.abort(new Interrupted('interrupted'));
  });
  try {
    return await act(interruption.signal);
  } finally {
    forget();
  }
}

function showHelp(words: readonly string[], language: Language, world: World): number {
  world.stdout.write(helpFor(words, { language, style: styleOf(wantsColours(world.environment, world.stdout.isTTY)), environment: world.environment }));
  return 0;
}

/** Before anything is parsed: help is given for a command line that is not complete, too. */
function helpWanted(argv: readonly string[]): readonly string[] | undefined {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  const asked = own.includes('--help') || own.includes('-h');
  const words = wordsOf(own);
  if (words[0] === 'help') return placeIn(words.slice(1)).words;
  return asked ? placeIn(words).words : undefined;
}

function languageAsked(argv: readonly string[]): Language | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const given = at === -1 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  return given === 'zh' || given === 'en' ? given : undefined;
}
