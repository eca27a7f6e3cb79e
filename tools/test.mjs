/** `npm test`: every tier that this machine can run; says which could not and why, and sums up. `npm test -- int e2e` chooses. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'dist', 'test-results');

/** unit may be answered from the cache; what meets real services never is. */
const tiers = [
  { name: 'unit', target: 'test', parallel: 2, says: 'examples and laws' },
  { name: 'int', target: 'int', parallel: 2, says: 'real PostgreSQL and Kafka' },
  { name: 'e2e', target: 'e2e', parallel: 2, says: 'the whole system' },
];

/** A project shows what it printed when it is done, and the longest takes a quarter of this: silent for so long, it will not end. */
const silenceMs = 40 * 60_000;

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const sum = { passed: 0, failed: 0, skipped: 0 };
let broken = false;

for (const { name, target, parallel, says } of tiers.filter((tier) => wanted.length === 0 || wanted.includes(tier.name))) {
  const folder = join(results, name);
  if (name !== 'unit') rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.stdout.write(`\n== ${name}: ${says}\n`);
  const { status, reasons } = await run([
    realpathSync(join(root, 'node_modules', '.bin', 'nx')),
    'run-many',
    '-t',
    target,
    `--parallel=${parallel}`,
    '--output-style=static',
  ]);
  const counts = countsOf(folder);
  process.stdout.write(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  for (const reason of reasons) process.stdout.write(`${name}: ${reason}\n`);
  for (const key of Object.keys(sum)) sum[key] += counts[key];
  if (status !== 0) {
    broken = true;
    if (counts.failed === 0) sum.failed += 1;
  }
}

process.stdout.write(`\ntests: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
process.exit(broken || sum.failed > 0 ? 1 : 0);

/** Shows what Node running `args` says, and keeps the lines in which tests tell why they are skipped. */
function run(args) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: whoever interrupts us interrupts all of it, once.
    detached: true,
    env: { ...process.env, NX_DAEMON: 'false', FORCE_COLOR: '0' },
  });
  const signal = (name) => {
    process.kill(-child.pid, name);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, signal);
  const give = () => {
    process.stdout.write(`\nNothing was said for ${silenceMs / 60_000} minutes; these processes are ended:\n`);
    for (const { pid, line } of descendantsOf(child.pid)) {
      // The watchdogs of PostgreSQL and Kafka stay: they stop their servers when they see that we are gone.
      if (line.includes('read -r word && exit 0')) continue;
      process.stdout.write(`${line}\n`);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }
  };
  let silence = setTimeout(give, silenceMs);
  const reasons = new Set();
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.on('data', (chunk) => {
      process.stdout.write(chunk);
      clearTimeout(silence);
      silence = setTimeout(give, silenceMs);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) if (/^\s*skipped: /.test(line)) reasons.add(line.trim());
    });
  }
  return new Promise((resolve) => {
    child.on('close', (status) => {
      clearTimeout(silence);
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, signal);
      resolve({ status, reasons });
    });
  });
}

/** With `root` itself, parents first. By parent, not by group: Nx gives each task a session of its own. */
function descendantsOf(root) {
  const rows = spawnSync('ps', ['-eo', 'pid=,ppid=,etime=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .stdout.split('\n')
    .filter(Boolean);
  const processes = rows.map((line) => ({ line, pid: Number(line.trim().split(/\s+/)[0]), parent: Number(line.trim().split(/\s+/)[1]) }));
  const found = processes.filter(({ pid }) => pid === root);
  // The list grows while it is read.
  for (const { pid } of found) found.push(...processes.filter(({ parent }) => parent === pid));
  return found;
}

function countsOf(folder) {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  const reports = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  return {
    passed: reports.reduce((total, report) => total + report.numPassedTests, 0),
    failed: reports.reduce((total, report) => total + report.numFailedTests + report.numRuntimeErrorTestSuites, 0),
    skipped: reports.reduce((total, report) => total + report.numPendingTests, 0),
  };
}
