/** Help, mistakes and servers that are not there, as a person meets them. */
import { execFileSync } from 'node:child_process';
import { globalOptions } from './global-options';
import { keyOf, longFlagOf } from './command';
import { nearestTo } from './nearest';
import { parse } from './parse';
import { bashScript, fishScript, zshScript } from './completion/completion';
import { commandLine } from './testing/command-line';
import { below, commands, groups } from './tree';

const tree = { below, commands, groups };

describe('the command line', () => {
  it('without anything says what there is, and that is no mistake', async () => {
    const { code, stdout, stderr } = await commandLine([]);
    expect([code, stderr]).toEqual([0, '']);
    for (const { word } of groups) expect(stdout).toContain(`  ${word}`);
  });

  it.each(commands.map(({ words }) => words.join(' ')))('%s --help shows every option and example, in both languages', async (words) => {
    const definition = commands.find((each) => each.words.join(' ') === words)!;
    for (const language of ['en', 'zh'] as const) {
      const { code, stdout, stderr } = await commandLine([...words.split(' '), '--help', '--lang', language]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain(definition.says[language]);
      for (const option of [...(definition.options ?? []), ...globalOptions]) expect(stdout).toContain(option.flags);
      for (const { run } of definition.examples) expect(stdout).toContain(run);
    }
  });

  it('every example is a command line that is understood', () => {
    for (const { examples } of commands) {
      for (const { run } of examples) {
        const line = run.replace(/^source <\((.*)\)$/, '$1').split(/ [|>] /)[0] ?? '';
        const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
        expect(words.shift()).toBe('tributary');
        expect([line, 'command' in parse(words, 'en')]).toEqual([line, true]);
      }
    }
  });

  it('is named as it can be typed: npm run, where npm ran it', async () => {
    const environment = { npm_lifecycle_event: 'tributary' };
    const mistaken = await commandLine(['gate', 'uplaod'], { environment });
    expect(mistaken.stderr).toContain('did you mean npm run -s tributary -- gate upload?');
    const help = await commandLine(['gate', 'upload', '--help'], { environment });
    expect(help.stdout).toContain('  npm run -s tributary -- gate upload FILE');
    expect(help.stdout.replaceAll('npm run -s tributary --', '')).not.toMatch(/(^|\s)tributary gate/);
    expect((await commandLine(['completion', '--help'], { environment })).stdout).toContain('source <(npm run -s tributary -- completion bash)');
    expect((await commandLine(['gate', 'uplaod'])).stderr).toContain('did you mean tributary gate upload?');
  });

  it('help is where people look for it', async () => {
    const asked = [
      ['help', 'gate', 'upload'],
      ['gate', 'upload', '-h'],
      ['--lang', 'en', 'gate', 'upload', '--help'],
      ['gate', '--url', 'x', 'upload', '--help'],
    ];
    const told = await Promise.all(asked.map((argv) => commandLine(argv)));
    expect(new Set(told.map(({ stdout }) => stdout)).size).toBe(1);
    expect((await commandLine(['gate'])).stdout).toContain('tributary gate COMMAND');
    expect((await commandLine(['--version'])).stdout).toMatch(/^\d+\.\d+/);
  });

  it.each([
    [['uplaod'], 'tributary gate upload', undefined],
    [['gate', 'uplaod'], 'tributary gate upload', 'tributary gate upload'],
    [['upload'], 'tributary gate upload', 'tributary gate upload'],
    [['gate', 'list', '--prodct', 'x'], '--product', '--product'],
    [['gate', 'list', '--status', 'FAILD'], 'FAILED', 'FAILED'],
    [['dead-leters', 'list'], 'tributary dead-letters', 'tributary dead-letters'],
  ])('%j: did you mean %s?', async (argv, _, meant) => {
    const { code, stdout, stderr } = await commandLine(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(meant === undefined ? 'tributary --help' : `did you mean ${meant}?`);
  });

  it.each([
    [['gate', 'show'], 'gate show needs TASK'],
    [['gate', 'show', 'a', 'b'], 'does not take "b"'],
    [['gate', 'upload', 'a.zip', 'b.zip', '--wait'], 'does not take "b.zip"'],
    [['gate', 'upload', '-p', 'x', 'a.zip', 'b.zip', 'c.zip'], 'does not take "b.zip"'],
    [['completion', 'csh'], 'SHELL is one of bash, zsh, fish, not "csh"'],
    [['gate', 'list', '--product'], '--product'],
    [['gate', 'list', '--limit', 'many'], '--limit takes a whole number from 1 on, not "many"'],
    [['gate', 'watch', 'x', '--timeout', 'soon'], '--timeout takes a duration'],
    [['gate', 'list', '--url', 'ftp://x'], '"ftp://x" is no address'],
    [['gate', 'list', '--token-file', '/does/not/exist'], '/does/not/exist cannot be read (ENOENT)'],
    [['gate', 'upload', '/does/not/exist.zip'], 'there is no file'],
    [['gate', 'upload', '/'], 'is a folder'],
  ])('%j is told in a sentence', async (argv, sentence) => {
    const { code, stdout, stderr } = await commandLine(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain(' at ');
  });

  it('nobody there: what to do, exit code 2; as JSON on stderr when that is asked for', async () => {
    const person = await commandLine(['gate', 'list', '--url', 'http://127.0.0.1:1']);
    expect(person.code).toBe(2);
    expect(person.stderr).toContain('http://127.0.0.1:1 does not answer');
    const program = await commandLine(['gate', 'list', '--url', 'http://127.0.0.1:1', '--json']);
    expect([program.code, program.stdout]).toEqual([2, '']);
    expect(JSON.parse(program.stderr)).toMatchObject({ error: { code: 'UNREACHABLE' } });
  });

  it('speaks the language of its surroundings', async () => {
    expect((await commandLine([], { environment: { LANG: 'zh_CN.UTF-8' } })).stdout).toContain('用法');
    expect((await commandLine([], { environment: { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' } })).stdout).toContain('Usage');
    expect((await commandLine(['--lang', 'zh', 'uplaod'])).stderr).toContain('错误');
  });

  it('colours only where they are wanted', async () => {
    const terminal = { write: () => undefined, isTTY: true };
    let painted = '';
    const stdout = { ...terminal, write: (text: string | Uint8Array) => (painted += String(text)) };
    await commandLine([], { stdout });
    expect(painted).toContain('\u001b[');
    painted = '';
    await commandLine([], { stdout, environment: { NO_COLOR: '1' } });
    expect(painted).not.toContain('\u001b[');
  });
});

describe('options', () => {
  it('of a command have keys of their own', () => {
    for (const { words, options = [] } of commands) {
      const keys = [...options, ...globalOptions].map(keyOf);
      expect([words, keys.length - new Set(keys).size]).toEqual([words, 0]);
    }
  });
});

describe('suggestions', () => {
  it.each([
    ['lsit', 'list'],
    ['watc', 'watch'],
    ['find', 'findings'],
    ['xyz', undefined],
  ])('%s → %s', (given, meant) => {
    expect(nearestTo(given, ['list', 'watch', 'findings'])).toBe(meant);
  });
});

describe('completion', () => {
  function completed(...words: readonly string[]): string[] {
    const script = `${bashScript(tree)}\nCOMP_WORDS=(tributary ${words.map((word) => `'${word}'`).join(' ')})\nCOMP_CWORD=${words.length}\n_tributary\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
  }

  it('bash completes commands, options and values', () => {
    expect(completed('ga')).toEqual(['gate']);
    expect(completed('gate', 're')).toEqual(['report', 'rescan']);
    expect(completed('gate', 'upload', '--fail')).toEqual(['--fail-on']);
    expect(completed('gate', 'upload', '--fail-on', 'p')).toEqual(['partial']);
    expect(completed('gate', 'upload', '--idem')).toEqual(['--idempotency-key']);
    expect(completed('dead-letters', 'd')).toEqual(['discard']);
    expect(completed('completion', 'z')).toEqual(['zsh']);
  });

  it('zsh and fish know every command and every option', () => {
    for (const script of [zshScript(tree, 'en'), fishScript(tree, 'zh')]) {
      for (const { words, options = [] } of commands) {
        expect(script).toContain(words.at(-1));
        for (const option of options) expect(script).toContain(longFlagOf(option).slice(2));
      }
    }
  });
});
