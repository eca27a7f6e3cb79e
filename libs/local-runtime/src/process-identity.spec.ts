import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boundLog, lastLines, readFrom } from './bounded-log';
import { commandLineOf, identityOf, isAlive, isRunning, isSameProcess, startTicks } from './process-identity';
import { parseRunRecord } from './processes/run-record';
import { until } from './sleep';

describe('the identity of a process', () => {
  it('is its pid and its start', async () => {
    const me = await identityOf(process.pid);
    expect(await isSameProcess(me)).toBe(true);
    expect(await isSameProcess({ ...me, startedAt: `${me.startedAt}1` })).toBe(false);
    expect(await commandLineOf(process.pid)).toContain('node');
  });

  it('ends with it', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    const then = await identityOf(child.pid!);
    expect(await isSameProcess(then)).toBe(true);
    child.kill('SIGKILL');
    expect(await until(async () => !(await isSameProcess(then)), 5_000)).toBe(true);
    expect(await isRunning(child.pid!)).toBe(false);
  });

  it('takes nonsense for nobody', () => {
    for (const pid of [0, -1, 1.5, Number.NaN, 4_194_305]) expect(isAlive(pid)).toBe(false);
  });

  it('reads the start behind a name with blanks and brackets', () => {
    const fields = Array.from({ length: 50 }, (_, index) => String(index + 3));
    expect(startTicks(`7 (a ) b) ${fields.join(' ')}`)).toBe('22');
    expect(startTicks('')).toBeUndefined();
  });
});

describe('a bounded log', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tributary-log-'));
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('moves on to one older file, while its writer goes on appending', async () => {
    const file = join(dir, 'a.log');
    writeFileSync(file, 'x'.repeat(100));
    expect(await boundLog(file, 100)).toBe(false);
    appendFileSync(file, 'y');
    expect(await boundLog(file, 100)).toBe(true);
    expect([statSync(file).size, readFileSync(`${file}.1`, 'utf8').length]).toEqual([0, 101]);
    appendFileSync(file, 'later');
    expect(await readFrom(file, 0)).toBe('later');
  });

  it('gives the end of what was written since then', async () => {
    const file = join(dir, 'b.log');
    writeFileSync(file, 'before\nafter\n');
    expect(await readFrom(file, 7)).toBe('after\n');
    expect(await readFrom(file, 0, 6)).toBe('after\n');
    expect(await readFrom(join(dir, 'absent'), 0)).toBe('');
    expect(lastLines('one\n\ntwo\nthree\n', 2)).toBe('two\nthree');
  });
});

describe('the record of a launcher', () => {
  it('is read when it is whole, and nothing otherwise', () => {
    const record = { launcher: { pid: 1, startedAt: '2' }, processes: [{ pid: 3, startedAt: '4', name: 'gateway' }] };
    expect(parseRunRecord(JSON.stringify(record))).toEqual(record);
    for (const text of ['', '{', 'null', '[]', '{"launcher":{"pid":1},"processes":[]}', '{"launcher":{"pid":1,"startedAt":""},"processes":[1]}']) {
      expect(parseRunRecord(text)).toBeUndefined();
    }
  });
});
