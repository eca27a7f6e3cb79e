/** Real scan processes under files that misbehave: one dies, the others go on. */
import { defaultPolicy } from '@tributary/facts';
import { parseReportLine } from '@tributary/findings';
import { DirectoryPackageStore } from '@tributary/package-store';
import { silentLog } from '@tributary/service-kit';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Progress } from '../definition/worker-definition';
import { bundleScanProcess } from '../testing/bundle-scan-process';
import { zipOf, type ZipFile } from '../testing/zip';
import { type ScanJob } from '../worker/scan-runner';
import { PooledScanRunner } from './pooled.scan-runner';
import { ScanPool } from './scan-pool';

jest.setTimeout(60_000);

const unheard = { onBegun: () => undefined, onProgress: () => undefined };
const never = new AbortController().signal;
let root: string;
let store: DirectoryPackageStore;
let pool: ScanPool;
let runner: PooledScanRunner;
let tasks = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tributary-pool-'));
  store = new DirectoryPackageStore(root);
  const scanFile = await bundleScanProcess('pool', join(__dirname, '../testing/unruly.scan-process.ts'));
  pool = new ScanPool({ scanFile, size: 2, log: silentLog, heapMb: 128, memoryMb: 400, jobMs: 5_000 });
  runner = new PooledScanRunner(pool, { kind: 'directory', root }, silentLog);
});
afterAll(async () => {
  pool.close();
  await rm(root, { recursive: true, force: true });
});

async function jobFor(files: readonly ZipFile[], changes: Partial<ScanJob> = {}, context: Partial<ScanJob['context']> = {}): Promise<ScanJob> {
  const taskId = `task-${++tasks}`;
  const bytes = zipOf(files);
  await store.put(
    `tasks/${taskId}/package.zip`,
    (async function* () {
      yield bytes;
    })(),
  );
  return {
    subTaskType: 'UNRULY',
    taskId,
    round: 1,
    attempt: 1,
    budgets: defaultPolicy.budgets,
    config: {},
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    context: {
      filePath: `store:tasks/${taskId}/package.zip`,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      fileName: 'a.zip',
      product: 'p',
      version: '1',
      reportPrefix: `store:tasks/${taskId}/reports/`,
      ...context,
    },
    ...changes,
  };
}

const reportOf = async (uri: string): Promise<string[]> => {
  const key = uri.replace('store:', '');
  const head = await store.head(key);
  return (await store.readBytes(key, 0, head!.size)).toString().trimEnd().split('\n');
};

const good: ZipFile = { name: 'good.txt', data: 'fine' };

describe('the processes of a pool', () => {
  let own: ScanPool;
  afterEach(() => {
    own.close();
  });

  it('are as many as were ever needed at once, and one is always there', async () => {
    const scanFile = await bundleScanProcess('pool', join(__dirname, '../testing/unruly.scan-process.ts'));
    own = new ScanPool({ scanFile, size: 3, log: silentLog, heapMb: 128, memoryMb: 400, jobMs: 5_000, restMs: 500 });
    const looks = new PooledScanRunner(own, { kind: 'directory', root }, silentLog);
    const [one, other] = [await jobFor([good]), await jobFor([good])];
    expect(own.processes).toBe(1);
    await looks.consider(one, never);
    await looks.consider(other, never);
    expect(own.processes).toBe(1);
    await Promise.all([looks.consider(one, never), looks.consider(other, never)]);
    expect(own.processes).toBe(2);
    await Promise.all(Array.from({ length: 12 }, () => looks.consider(one, never)));
    expect(own.processes).toBeLessThanOrEqual(3);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(own.processes).toBe(1);
    expect(await looks.consider(one, never)).toMatchObject({ kind: 'take' });
    expect(own.missing()).toEqual([]);
    await looks.scan(one, never, unheard);
    expect(own.processes).toBe(2);
  });
});

describe('a scan', () => {
  it('takes part, reports sorted findings with the metadata of their rules, and is the same for the same bytes', async () => {
    const job = await jobFor([{ name: 'bad2', data: 'two' }, { name: 'bad1', data: 'one' }, good]);
    expect(await runner.consider(job, never)).toMatchObject({ kind: 'take', manifest: { format: 1 } });
    const progress: Progress[] = [];
    const scanned = await runner.scan(job, never, { onBegun: () => undefined, onProgress: (one) => progress.push(one) });
    expect(scanned).toMatchObject({ kind: 'scanned', judgement: 'QUALITY', counts: { error: 2, blocker: 0 }, reason: '2 error; test/bad (2)' });
    if (scanned.kind !== 'scanned') throw new Error('not scanned');
    expect(scanned.report!.uri).toBe(`store:tasks/${job.taskId}/reports/UNRULY/1-1.ndjson`);
    const lines = await reportOf(scanned.report!.uri);
    expect(JSON.parse(lines[0]!)).toEqual({ rules: [{ id: 'test/bad', title: 'Bad' }] });
    expect(lines.slice(1).map((line) => JSON.parse(line).location.path)).toEqual(['bad1', 'bad2']);
    expect(
      createHash('sha256')
        .update(`${lines.join('\n')}\n`)
        .digest('hex'),
    ).toBe(scanned.report!.sha256);
    expect(progress.at(-1)).toEqual({ done: 3, total: 3, unit: 'files' });
    expect(await runner.scan(job, never, unheard)).toEqual(scanned);
  });

  it('without findings has no report', async () => {
    const scanned = await runner.scan(await jobFor([good]), never, unheard);
    expect(scanned).toMatchObject({ judgement: 'PASS', counts: { error: 0 } });
    expect(scanned).not.toHaveProperty('report');
  });

  it('[Z-040] declines with its reason', async () => {
    expect(await runner.consider(await jobFor([{ name: 'nothing', data: '' }]), never)).toEqual({
      kind: 'decline',
      reasonCode: 'NOTHING_HERE',
      detail: 'as asked',
    });
    expect(await runner.consider(await jobFor([good], { config: { enabled: false } }), never)).toEqual({ kind: 'decline', reasonCode: 'DISABLED' });
  });

  it('[Z-039] uses its defaults where a published configuration cannot be used', async () => {
    expect(await runner.consider(await jobFor([good], { config: { enabled: 'perhaps' } }), never)).toMatchObject({ kind: 'take' });
  });

  it('[E-019] tells a corrupt entry as a finding, and scans the others', async () => {
    const job = await jobFor([
      { name: 'sniffed', data: 'abc', corrupt: true },
      { name: 'bad', data: 'x' },
    ]);
    expect(await runner.consider(job, never)).toMatchObject({ kind: 'take' });
    const scanned = await runner.scan(job, never, unheard);
    expect(scanned).toMatchObject({ judgement: 'QUALITY', counts: { error: 2 }, reason: '2 error; ENTRY_CORRUPT (1), test/bad (1)' });
  });

  it('masks the secrets of a file whatever quotes them, and survives a check that throws', async () => {
    const job = await jobFor([
      { name: 'bad', data: "password='s3cret-s3cret'" },
      { name: 'throw', data: '' },
      { name: 'zz', data: Buffer.from([0x81, 0xff, 0xfe]) },
    ]);
    const scanned = await runner.scan(job, never, unheard);
    expect(scanned).toMatchObject({ judgement: 'QUALITY', counts: { error: 3 } });
    if (scanned.kind !== 'scanned') throw new Error('not scanned');
    const lines = await reportOf(scanned.report!.uri);
    expect(lines.join()).not.toMatch(/s3cret-s3cret|hunter2-hunter2/);
    const rules = lines
      .slice(1)
      .map((line) => parseReportLine(line))
      .map((line) => line.kind === 'finding' && line.finding.ruleId);
    expect(rules).toEqual(['test/bad', 'CHECK_FAILED', 'TEXT_UNDECODABLE']);
  });

  it('fails for good where the bytes are missing, or others than the task says', async () => {
    const missing = await jobFor([good], {}, { filePath: 'store:tasks/nowhere.zip' });
    expect(await runner.consider(missing, never)).toMatchObject({ kind: 'impossible', failure: { code: 'PACKAGE_MISSING' } });
    const changed = await jobFor([good], {}, { sha256: 'f'.repeat(64) });
    expect(await runner.consider(changed, never)).toMatchObject({ kind: 'impossible', failure: { code: 'PACKAGE_CHANGED' } });
    const grown = await jobFor([good], {}, { size: 3 });
    expect(await runner.scan(grown, never, unheard)).toMatchObject({ kind: 'impossible', failure: { code: 'PACKAGE_CHANGED' } });
  });

  it('takes the founding text at its word: a bare path and no hash', async () => {
    const { sha256: _sha256, size: _size, ...bare } = (await jobFor([good])).context;
    const job = await jobFor([good]);
    const considered = await runner.consider({ ...job, context: { ...bare, filePath: `/tasks/${job.taskId}/package.zip` } }, never);
    expect(considered).toMatchObject({ kind: 'take' });
  });
});

describe('a file that misbehaves [Z-046 I18 F22]', () => {
  const ends = [
    ['loop', 'SCAN_TIMEOUT'],
    ['grow', 'SCAN_OUT_OF_MEMORY'],
    ['burst', 'SCAN_OUT_OF_MEMORY'],
    ['text', 'SCAN_OUT_OF_MEMORY'],
    ['buffers', 'SCAN_OUT_OF_MEMORY'],
    ['exit', 'SCAN_CRASHED'],
    ['abort', 'SCAN_CRASHED'],
  ] as const;

  it.each(ends)('%s ends as %s, with the file named, while its neighbours go on', async (name, code) => {
    const bad = await jobFor([
      { name: 'before', data: '' },
      { name, data: '' },
    ]);
    const neighbour = await jobFor([good]);
    const [ended, ...others] = await Promise.all([runner.scan(bad, never, unheard), runner.consider(neighbour, never), runner.scan(neighbour, never, unheard)]);
    expect(ended).toMatchObject({ kind: 'impossible', failure: { code, path: name } });
    expect(others).toMatchObject([{ kind: 'take' }, { kind: 'scanned', judgement: 'PASS' }]);
    if (ended.kind !== 'impossible') throw new Error('not impossible');
    const fault = await runner.reportFault(bad, ended.failure, never);
    expect(fault).toMatchObject({ counts: { error: 1 } });
    expect((await reportOf(fault!.report.uri)).slice(1).map((line) => JSON.parse(line))).toMatchObject([{ ruleId: code, location: { path: name } }]);
  });

  it('also while it is only looked at', async () => {
    const job = await jobFor([{ name: 'loop', data: '' }], { config: { sniff: true } });
    expect(await runner.consider(job, never)).toMatchObject({ kind: 'impossible', failure: { code: 'SCAN_TIMEOUT' } });
  });

  it('one long scan keeps nobody from coming forward', async () => {
    const stop = new AbortController();
    const long = [0, 1, 2].map(async () => runner.scan(await jobFor([{ name: 'wait', data: '' }]), stop.signal, unheard).catch(() => 'interrupted'));
    const began = Date.now();
    expect(await runner.consider(await jobFor([good]), never)).toMatchObject({ kind: 'take' });
    expect(Date.now() - began).toBeLessThan(4_000);
    stop.abort(new Error('enough'));
    expect(await Promise.all(long)).toEqual(['interrupted', 'interrupted', 'interrupted']);
    expect(await runner.scan(await jobFor([good]), never, unheard)).toMatchObject({ kind: 'scanned' });
  });
});
