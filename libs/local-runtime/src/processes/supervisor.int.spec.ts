import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port';
import { identityOf, isRunning } from '../process-identity';
import { until } from '../sleep';
import { bundleScript } from '../testing/bundle';
import { type ProcessSpec, type ProcessState } from './process-spec';
import { writeRunRecord } from './run-record';
import { superviseProcesses, type Supervisor, type SupervisorOptions } from './supervisor';

/** Listens on PORT after DELAY ms; ends on SIGTERM unless STUBBORN; writes what happens to its log. */
const service = `
const delay = Number(process.env.DELAY ?? 0);
setTimeout(() => require('node:http').createServer((_, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1'), delay);
process.on('SIGTERM', () => { console.log('term ' + process.env.NAME + ' ' + Date.now()); if (!process.env.STUBBORN) process.exit(0); });
console.log('start ' + process.env.NAME + ' ' + Date.now());`;

describe('the supervisor of processes', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tributary cluster '));
  const running: Supervisor[] = [];

  afterEach(async () => {
    await Promise.all(running.splice(0).map((supervisor) => supervisor.stop()));
  });
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  async function spec(name: string, stage: number, env: Record<string, string> = {}, more: Partial<ProcessSpec> = {}): Promise<ProcessSpec> {
    const port = String(await freePort());
    return {
      name,
      stage,
      command: process.execPath,
      args: ['-e', service],
      env: { NAME: name, PORT: port, ...env },
      logFile: join(dir, `${name}-${port}.log`),
      readyUrl: `http://127.0.0.1:${port}/readyz`,
      ...more,
    };
  }

  async function start(processes: readonly ProcessSpec[], more: Partial<SupervisorOptions> = {}): Promise<Supervisor> {
    const recordFile = join(dir, `${String(Math.random()).slice(2)}.json`);
    const supervisor = await superviseProcesses({ processes, recordFile, readyTimeoutMs: 15_000, ...more });
    running.push(supervisor);
    return supervisor;
  }

  const timeOf = ({ logFile }: ProcessSpec, what: string): number => Number(new RegExp(`${what} \\S+ (\\d+)`).exec(readFileSync(logFile, 'utf8'))?.[1]);
  const pidOf = (supervisor: Supervisor, name: string): number => supervisor.states.find((state) => state.name === name)!.pid!;

  it('opens the gateway when everybody else is ready, and closes it first', async () => {
    const specs = [await spec('gateway', 2), await spec('slow', 1, { DELAY: '600' }), await spec('quick', 1)];
    const recordFile = join(dir, 'order.json');
    const supervisor = await start(specs, { recordFile });
    expect(supervisor.states.map(({ phase }) => phase)).toEqual(['ready', 'ready', 'ready']);
    const [gateway, slow, quick] = specs;
    expect(timeOf(gateway!, 'start') - timeOf(slow!, 'start')).toBeGreaterThanOrEqual(600);
    expect(JSON.parse(readFileSync(recordFile, 'utf8')).processes).toHaveLength(3);
    await supervisor.stop();
    expect(timeOf(gateway!, 'term')).toBeLessThanOrEqual(timeOf(quick!, 'term'));
    expect(supervisor.states.map(({ phase, ended }) => [phase, ended])).toEqual(Array.from({ length: 3 }, () => ['stopped', undefined]));
    expect(existsSync(recordFile)).toBe(false);
  });

  it('insists when somebody does not go', async () => {
    const supervisor = await start([await spec('stubborn', 1, { STUBBORN: '1' })], { graceMs: 300 });
    const pid = pidOf(supervisor, 'stubborn');
    await supervisor.stop();
    expect(await isRunning(pid)).toBe(false);
    expect(supervisor.states[0]).toMatchObject({ phase: 'stopped', ended: 'SIGKILL' });
  });

  it('reports a crash and leaves it, or starts the process again when asked to', async () => {
    const crashes: ProcessState[] = [];
    const specs = [await spec('left', 1), await spec('again', 1, {}, { restart: 'on-crash' })];
    const supervisor = await start(specs, { onCrash: (state) => crashes.push(state) });
    const before = pidOf(supervisor, 'again');
    for (const { name } of specs) process.kill(pidOf(supervisor, name), 'SIGKILL');
    expect(await until(() => supervisor.states.some(({ name, phase, restarts }) => name === 'again' && phase === 'ready' && restarts === 1), 10_000)).toBe(
      true,
    );
    expect(pidOf(supervisor, 'again')).not.toBe(before);
    expect(crashes).toMatchObject([{ name: 'left', phase: 'crashed', ended: 'SIGKILL' }]);
    expect(supervisor.states.find(({ name }) => name === 'left')).toMatchObject({ phase: 'crashed' });
  });

  it('stops everything again when one does not become ready, and quotes its log', async () => {
    const fine = await spec('fine', 1);
    const seen = new Map<string, number>();
    const broken = await spec('broken', 2, {}, { args: ['-e', 'console.error("no database"); process.exit(3)'] });
    const onChange = (states: readonly ProcessState[]): void => {
      for (const { name, pid } of states) if (pid !== undefined) seen.set(name, pid);
    };
    await expect(start([fine, broken], { onChange })).rejects.toMatchObject({
      code: 'START_FAILED',
      message: 'broken did not become ready: exit 3',
      detail: 'no database',
    });
    expect(await isRunning(seen.get('fine')!)).toBe(false);
    await expect(start([await spec('absent', 1, {}, { command: join(dir, 'no-such-program') })])).rejects.toMatchObject({
      message: 'absent did not become ready: ENOENT',
    });
    await expect(start([await spec('late', 1, { DELAY: '60000' })], { readyTimeoutMs: 500 })).rejects.toMatchObject({
      message: 'late did not become ready: not ready after 1 s',
    });
  });

  it('can be interrupted while it starts', async () => {
    const interrupt = new AbortController();
    let pid = 0;
    const onChange = ([state]: readonly ProcessState[]): void => {
      if (state?.phase === 'starting' && state.pid !== undefined) {
        pid = state.pid;
        interrupt.abort();
      }
    };
    await expect(start([await spec('slow', 1, { DELAY: '60000' })], { signal: interrupt.signal, onChange })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(pid).toBeGreaterThan(0);
    expect(await isRunning(pid)).toBe(false);
  });

  it('refuses a second launcher, and ends what a killed one left behind', async () => {
    const recordFile = join(dir, 'launcher.json');
    const launcher = bundleScript(
      'launcher',
      `
      import { superviseProcesses } from '@tributary/local-runtime';
      const [recordFile = '', logFile = '', body = ''] = process.argv.slice(2);
      const child = { name: 'left', stage: 1, command: process.execPath, args: ['-e', body], logFile, env: { NAME: 'left', PORT: '0' } };
      void superviseProcesses({ recordFile, processes: [child] }).then(({ states }) => {
        process.stdout.write(JSON.stringify(states) + '\\n');
        setInterval(() => undefined, 60_000);
      });`,
    );
    const first = spawn(process.execPath, [launcher, recordFile, join(dir, 'left.log'), service], { stdio: ['ignore', 'pipe', 'inherit'] });
    const states = JSON.parse(
      await new Promise<string>((resolve) =>
        first.stdout.once('data', (chunk: Buffer) => {
          resolve(chunk.toString());
        }),
      ),
    ) as ProcessState[];
    const left = states[0]!.pid!;
    await expect(start([await spec('mine', 1)], { recordFile })).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    const gone = new Promise((resolve) => first.once('exit', resolve));
    first.kill('SIGKILL');
    await gone;
    expect(await isRunning(left)).toBe(true);
    const lines: string[] = [];
    await start([await spec('mine', 1)], { recordFile, log: (line) => lines.push(line) });
    expect(await isRunning(left)).toBe(false);
    expect(lines).toEqual([`stopping left (pid ${String(left)}), which an earlier launcher left behind`]);
  });

  it('does not touch a stranger who got a recorded pid', async () => {
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
    try {
      const recordFile = join(dir, 'stranger.json');
      const then = { ...(await identityOf(stranger.pid!)), startedAt: '12345', name: 'long gone' };
      await writeRunRecord(recordFile, { launcher: { pid: stranger.pid!, startedAt: '12344' }, processes: [then] });
      await start([await spec('mine', 1)], { recordFile });
      expect(await isRunning(stranger.pid!)).toBe(true);
    } finally {
      stranger.kill('SIGKILL');
    }
  });
});
