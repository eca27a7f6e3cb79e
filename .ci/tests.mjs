/** `npm run check`, and the tests that .ci/demands.json asks for: the tiers of `npm test`, and the acceptance suite against the running system; sums up in one line. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const demands = JSON.parse(readFileSync(join(root, '.ci', 'demands.json'), 'utf8'));
const sum = { passed: 0, failed: 0, skipped: 0 };
const faults = [];
const began = Date.now();
const step = (name) => console.log(`\n### ${name} (${Math.round((Date.now() - began) / 1_000)} s)`);

// `node .ci/tests.mjs acceptance` leaves everything else out: for a look at one thing.
const whole = !process.argv.includes('acceptance');
const [first, ...others] = Object.entries(demands.acceptance);
// The suite waits for windows most of the time; linters and compilers take what it leaves.
const checked = whole ? inTheBackground('npm', ['run', 'check']) : undefined;
await acceptance(...first);
if (whole) {
  const { status, output } = await checked;
  step('npm run check');
  console.log(output);
  if (status !== 0) finish(`npm run check ended with ${status}`);
  await tiers();
}
for (const other of others) await acceptance(...other);
finish();

function finish(...more) {
  faults.push(...more);
  for (const fault of faults) console.log(`FAILED: ${fault}`);
  console.log(`tests: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  process.exit(faults.length > 0 || sum.failed > 0 ? 1 : 0);
}

async function tiers() {
  step('npm test');
  const { status, output } = await run('npm', ['test', '--', ...demands.tiers], {});
  const counts = /^tests: (\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(output);
  add(counts);
  if (status !== 0) faults.push(`npm test ended with ${status}`);
  for (const tier of demands.tiers) {
    const [, passed] = new RegExp(`^${tier}: (\\d+) passed`, 'm').exec(output) ?? [];
    if (!Number(passed)) faults.push(`the tier ${tier} ran nothing`);
    for (const [, reason] of output.matchAll(new RegExp(`^${tier}: skipped: (.*)$`, 'gm'))) {
      if (demands.neverSkipped.some((word) => reason.includes(word))) faults.push(`the tier ${tier} has skipped ${reason}`);
    }
  }
}

/** Starts the system with `command`, kills and restarts it as the suite wants; nothing may be skipped. */
async function acceptance(command, files) {
  const suite = join(root, '..', 'shared', 'acceptance');
  if (!existsSync(suite)) {
    console.log(`\n### acceptance against ${command}: skipped, there is no acceptance suite beside the project`);
    return;
  }
  step(`acceptance against ${command}`);
  const data = join(root, '.tributary', 'acceptance');
  await rm(data, { recursive: true, force: true });
  const port = await freePort();
  const entry = join(root, 'dist', 'acceptance.mjs');
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(entry, files.map((file) => `import ${JSON.stringify(join(suite, file))};\n`).join(''));
  const { status, output } = await run(process.execPath, ['--test', '--test-reporter=spec', entry], {
    TRIBUTARY_START: command,
    TRIBUTARY_CWD: root,
    TRIBUTARY_DATA_DIR: data,
    TRIBUTARY_HTTP_PORT: String(port),
    TRIBUTARY_URL: `http://127.0.0.1:${port}`,
  });
  const count = (name) => Number(new RegExp(`^\\S+ ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const counts = [0, count('pass'), count('fail') + count('cancelled'), count('skipped')];
  add(counts);
  console.log(`acceptance against ${command}: ${counts[1]} passed, ${counts[2]} failed, ${counts[3]} skipped`);
  if (status !== 0) faults.push(`the acceptance suite against ${command} ended with ${status}`);
  if (counts[1] === 0) faults.push(`the acceptance suite ran nothing against ${command}`);
  if (counts[3] > 0) faults.push(`${counts[3]} acceptance tests were skipped against ${command}`);
}

function add(counts) {
  if (!counts) return;
  sum.passed += Number(counts[1]);
  sum.failed += Number(counts[2]);
  sum.skipped += Number(counts[3]);
}

/** Below those that the kernel gives away itself: between a kill and the next start somebody else would get it. */
async function freePort() {
  for (;;) {
    const port = 11_000 + Math.floor(Math.random() * 20_000);
    const server = createServer();
    const isFree = await new Promise((resolve) => server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)));
    await new Promise((resolve) => server.close(resolve));
    if (isFree) return port;
  }
}

/** Shows what the command says and keeps it. */
function run(command, args, environment) {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  return ended(child, (chunk) => process.stdout.write(chunk));
}

/** Only keeps what it says, and gets the processor when nobody else wants it. */
function inTheBackground(command, args) {
  const child = spawn('nice', ['-n', '19', command, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  // Where the kernel shares out by session, the session has to be nice.
  writeFile(`/proc/${child.pid}/autogroup`, '19').catch(() => undefined);
  process.once('exit', () => {
    try {
      process.kill(-child.pid);
    } catch {
      // It has ended by itself.
    }
  });
  return ended(child, () => undefined);
}

function ended(child, seen) {
  return new Promise((resolve) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        seen(chunk);
      });
    }
    child.on('error', (error) => resolve({ status: String(error), output }));
    child.on('close', (status) => resolve({ status, output }));
  });
}
