/** The tutorials do what they say: their commands run in a copy of the repository, against a system that was started as they tell. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@tributary/local-runtime';
import { missingLines, snippetsOf } from './snippets';
import { cleanEnvironment, type Ended, ScratchTree } from './testing/scratch-tree';

const root = resolve(__dirname, '../../..');
const usual = 'http://127.0.0.1:8080';

const tree = new ScratchTree();
const data = mkdtempSync(join(tmpdir(), 'tributary-tutorials-'));
let system: { readonly process: ChildProcess; readonly ended: Promise<unknown> } | undefined;
let url = '';

beforeAll(async () => {
  url = `http://127.0.0.1:${await freePort()}`;
  await start();
}, 240_000);
afterAll(async () => {
  await stop();
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  tree.remove();
}, 60_000);

/** `npm start` in the copy: builds what is stale, as for anybody. */
async function start(): Promise<void> {
  const args = ['tools/start.mjs', '--port', new URL(url).port, '--data', data];
  const child = spawn(process.execPath, args, { cwd: tree.root, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  system = { process: child, ended: new Promise((done) => child.once('exit', done)) };
  for (let tries = 0; tries < 1_800; tries++) {
    if (child.exitCode !== null) throw new Error(`npm start ended:\n${said}`);
    if ((await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200) return;
    await sleep(100);
  }
  throw new Error(`npm start is not ready:\n${said}`);
}

async function stop(): Promise<void> {
  system?.process.kill('SIGTERM');
  await system?.ended;
  system = undefined;
}

/** Does everything that a page tells, from its first block (or the first command with `from` in it) to its last; the page counts as a person's second terminal. */
async function follow(page: string, language: 'en' | 'zh', from?: string): Promise<void> {
  let last: Ended | undefined;
  const snippets = snippetsOf(readFileSync(join(root, page), 'utf8'));
  const begin = from === undefined ? 0 : snippets.findIndex((snippet) => 'run' in snippet.words && snippet.text.includes(from));
  for (const { words, text, line } of snippets.slice(begin)) {
    const place = `${page}:${line}`;
    if (words['file'] !== undefined) {
      mkdirSync(dirname(join(tree.root, words['file'])), { recursive: true });
      writeFileSync(join(tree.root, words['file']), text);
    } else if ('start' in words) {
      // The first pages start what runs already; a later one starts anew what it has changed.
      if (!/README|1-first-verdict/.test(page)) {
        await stop();
        await start();
      }
    } else if ('run' in words) {
      last = await tree.shell(text.replaceAll(usual, url), { TRIBUTARY_URL: url, TRIBUTARY_LANG: language });
      const code = Number(words['exit'] ?? 0);
      expect({ place, code: last.code, output: last.code === code ? '' : last.output }).toEqual({ place, code, output: '' });
    } else if ('expect' in words) {
      const missing = missingLines(text, last?.output ?? '');
      expect({ place, missing, output: missing.length === 0 ? '' : last?.output }).toEqual({ place, missing: [], output: '' });
    }
  }
}

it.each([
  ['1-first-verdict', 'en'],
  ['1-first-verdict', 'zh'],
  ['2-reading-a-verdict', 'en'],
  ['2-reading-a-verdict', 'zh'],
  ['3-own-policy', 'en'],
  ['3-own-policy', 'zh'],
  ['5-gate-in-ci', 'en'],
  ['5-gate-in-ci', 'zh'],
] as const)(
  '%s, %s',
  async (name, language) => {
    await follow(`docs/tutorials/${name}${language === 'zh' ? '.zh-CN' : ''}.md`, language);
  },
  120_000,
);

it.each([
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
] as const)('%s', (page, language) => follow(page, language), 120_000);

it('operations', () => follow('docs/operations.md', 'en'), 120_000);

itWith('curl')('http-api', () => follow('docs/http-api.md', 'en'), 120_000);

itWith('python3')(
  '4-own-worker, from `npm run new` to taking part',
  async () => {
    const began = performance.now();
    await follow('docs/tutorials/4-own-worker.md', 'en');
    process.stdout.write(`own worker: ${((performance.now() - began) / 1_000).toFixed(0)} s from npm run new to its findings, without reading and typing\n`);
    // A worker can be made but once; the Chinese page has the same blocks (snippets.spec.ts).
    await follow('docs/tutorials/4-own-worker.zh-CN.md', 'zh', 'gate upload');
  },
  400_000,
);

/** What a page uses beside Node: the machine may not have it. */
function itWith(program: string): jest.It {
  if (spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0) return it;
  process.stderr.write(`skipped: pages that use ${program}: it cannot be started\n`);
  return it.skip;
}
