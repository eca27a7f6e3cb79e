/** What a worker says and does about the platform's facts. */
import { type Fact, payloadHash } from '@tributary/facts';
import { derivedId } from '@tributary/service-kit';
import { traceId, WorkerWorld } from '../testing/worker-world';
import { type Considered, type ScanJob } from './scan-runner';
import { passed, type ScanScript } from './scripted.scan-runner';

let world: WorkerWorld;
beforeEach(async () => {
  world = new WorkerWorld();
  await world.listen();
});

const types = (facts: readonly Fact[]): string[] => facts.map(({ type }) => type);
const hangs = (): Promise<never> => new Promise(() => undefined);
const failing = (code: 'SCAN_TIMEOUT' | 'STORE_UNAVAILABLE' | 'PACKAGE_MISSING', path?: string): ScanScript => ({
  scan: () => ({ kind: 'impossible', failure: { code, detail: 'as asked', ...(path !== undefined && { path }) } }),
});

describe('[Z-012] taking part', () => {
  it('[Z-023 Z-025 C-04] has a record, says that it starts, scans, and says how it went', async () => {
    const report = { uri: 'store:tasks/t1/reports/TEST/1-1.ndjson', sha256: 'b'.repeat(64), size: 10 };
    const counts = { blocker: 0, error: 0, warning: 2, info: 0 };
    const manifest = { sha256: 'a'.repeat(64), format: 1 };
    await world.start({ consider: () => ({ kind: 'take', manifest }), scan: () => ({ ...passed, judgement: 'WARN', counts, report, manifest }) });
    const created = world.created('t1');
    await world.publish(created);
    await world.until(() => world.told.length === 2);
    const [started, completed] = world.told;
    expect(started).toMatchObject({
      type: 'SubTaskStarted',
      id: derivedId(created.id, 'started', 1, 'TEST', 1),
      source: '/tributary/test-worker',
      subject: 't1',
      tenant: 'default',
      causedby: created.id,
      data: {
        taskId: 't1',
        round: 1,
        subTaskType: 'TEST',
        attempt: 1,
        workerVersion: '1.2.3',
        configRevision: 0,
        heartbeatMs: 10_000,
        manifestSha256: manifest.sha256,
        manifestFormat: 1,
      },
    });
    expect(completed).toMatchObject({
      type: 'SubTaskCompleted',
      causedby: started!.id,
      data: { attempt: 1, result: 'WARN', counts, report, manifestSha256: manifest.sha256 },
    });
    expect(await world.runs()).toMatchObject([{ state: 'DONE', outcome: 'WARN' }]);
  });

  it('[Z-037] stays in the trace of the upload', async () => {
    const jobs: ScanJob[] = [];
    await world.start({ scan: (job) => (jobs.push(job), passed) });
    await world.publish(world.created('t1'));
    await world.until(() => world.told.length === 2);
    for (const { traceparent } of [...world.told, ...jobs]) expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  });

  it('[Z-022 Z-040 C-06] declines with a reason, in a fact and in a metric', async () => {
    const process = await world.start({ consider: () => ({ kind: 'decline', reasonCode: 'NOTHING_HERE', detail: 'no files' }) });
    await world.publish(world.created('t1'));
    await world.until(() => world.told.length === 1);
    expect(world.told).toMatchObject([{ type: 'SubTaskDeclined', data: { reasonCode: 'NOTHING_HERE', detail: 'no files', subTaskType: 'TEST', round: 1 } }]);
    expect(await process.metrics.metrics()).toContain('tributary_worker_declined_total{reason="NOTHING_HERE",service="test-worker"} 1');
    expect(await world.runs()).toMatchObject([{ state: 'DECLINED', outcome: 'NOTHING_HERE' }]);
  });

  it('[Z-026] fails the quality with a reason', async () => {
    await world.start({ scan: () => ({ ...passed, judgement: 'QUALITY', reason: '1 error; ENTRY_CORRUPT (1)', counts: { ...passed.counts, error: 1 } }) });
    await world.publish(world.created('t1'));
    await world.until(() => world.told.length === 2);
    expect(world.told[1]).toMatchObject({
      type: 'SubTaskFailed',
      data: { failureKind: 'QUALITY', reason: '1 error; ENTRY_CORRUPT (1)', counts: { error: 1 } },
    });
  });

  it('[Z-038] happens once, however often it is asked for', async () => {
    await world.start();
    for (let n = 0; n < 4; n++) await world.publish(world.created('t1'));
    await world.clock.advance(30_000);
    expect(types(world.told)).toEqual(['SubTaskStarted', 'SubTaskCompleted']);
  });

  it('[P-001] leaves no timer behind when there is nothing to do', async () => {
    await world.start();
    await world.publish(world.created('t1'), world.created('t2'));
    await world.clock.advance(20_000);
    expect(types(world.told)).toHaveLength(4);
    expect(world.clock.pending).toBe(0);
  });
});

describe('what cannot be scanned', () => {
  it('[Z-044] is tried three times, attempt by attempt, and then fails for good with the file at fault', async () => {
    const fault = { counts: { ...passed.counts, error: 1 }, report: { uri: 'store:tasks/t1/reports/TEST/1-3.ndjson' } };
    await world.start({ ...failing('SCAN_TIMEOUT', 'sql/slow.sql'), reportFault: () => fault });
    await world.publish(world.created('t1'));
    await world.clock.advance(20_000);
    expect(world.told.map(({ type, data }) => [type, data['attempt']])).toEqual([
      ['SubTaskStarted', 1],
      ['SubTaskStarted', 2],
      ['SubTaskStarted', 3],
      ['SubTaskFailed', 3],
    ]);
    expect(world.told.at(-1)?.data).toMatchObject({ failureKind: 'UNRECOVERABLE', reason: 'SCAN_TIMEOUT: sql/slow.sql: as asked', ...fault });
  });

  it('waits for a store that is away, and fails as transient when it stays away', async () => {
    await world.start(failing('STORE_UNAVAILABLE'));
    await world.publish(world.created('t1'));
    await world.clock.advance(1_900);
    expect(types(world.told)).toEqual(['SubTaskStarted']);
    await world.clock.advance(20_000);
    expect(world.told.at(-1)).toMatchObject({ type: 'SubTaskFailed', data: { attempt: 3, failureKind: 'TRANSIENT' } });
  });

  it('is never a decline: who has not come forward does so to say that the bytes are missing', async () => {
    const missing: Considered = { kind: 'impossible', failure: { code: 'PACKAGE_MISSING', detail: 'nothing there' } };
    await world.start({ consider: () => missing });
    await world.publish(world.created('t1'));
    await world.until(() => world.told.length === 2);
    expect(types(world.told)).toEqual(['SubTaskStarted', 'SubTaskFailed']);
    expect(world.told[1]).toMatchObject({ causedby: world.told[0]?.id, data: { failureKind: 'UNRECOVERABLE', reason: 'PACKAGE_MISSING: nothing there' } });
  });
});

describe('progress', () => {
  it('is told at most once a second while something moves, and is the heartbeat while nothing does', async () => {
    const ticks: ((done: number) => void)[] = [];
    await world.start({
      scan: (_job, onProgress) => (
        ticks.push((done) => {
          onProgress({ done, total: 100, unit: 'files' });
        }),
        hangs()
      ),
    });
    await world.publish(world.created('t1'));
    await world.until(() => ticks.length === 1);
    for (let n = 1; n <= 50; n++) {
      ticks[0]?.(n);
      await world.clock.advance(100);
    }
    const moving = world.told.filter(({ type }) => type === 'SubTaskProgressed').map(({ data }) => data['done']);
    expect(moving).toHaveLength(5);
    expect(moving.at(-1)).toBeGreaterThanOrEqual(40);
    await world.clock.advance(40_000);
    const beats = world.told.filter(({ type }) => type === 'SubTaskProgressed').slice(moving.length);
    expect(beats.length).toBeGreaterThanOrEqual(4);
    expect(beats.length).toBeLessThanOrEqual(7);
    expect(new Set(world.told.map(({ id }) => id)).size).toBe(world.told.length);
    for (const { causedby } of beats) expect(causedby).toBe(world.told[0]?.id);
    // Leases were renewed all the while: nobody took the run over.
    expect(await world.runs()).toMatchObject([{ state: 'RUNNING', attempt: 1 }]);
  });
});

describe('coming forward', () => {
  it('[Z-021 Z-046] waits for nobody: however many scans hang, everybody else still comes forward or declines', async () => {
    await world.start({
      consider: ({ taskId }) => (taskId.startsWith('no') ? { kind: 'decline', reasonCode: 'NOTHING_HERE' } : { kind: 'take' }),
      scan: hangs,
    });
    const ids = Array.from({ length: 40 }, (_, n) => (n % 4 === 3 ? `no${n}` : `t${n}`));
    await world.publish(...ids.map((taskId) => world.created(taskId)));
    await world.clock.advance(1_000);
    expect(types(world.told).filter((type) => type === 'SubTaskStarted')).toHaveLength(30);
    expect(types(world.told).filter((type) => type === 'SubTaskDeclined')).toHaveLength(10);
  });
});

describe('windows', () => {
  it('[Z-048] leaves alone a round whose close it read while it caught up', async () => {
    await world.publish(world.created('closed'), world.created('open'), world.closed('closed', 'QUIET'));
    await world.start();
    await world.clock.advance(10_000);
    expect(new Set(world.told.map(({ subject }) => subject))).toEqual(new Set(['open']));
  });

  it('stops at once when the task is cancelled, and says nothing more', async () => {
    await world.start({ scan: hangs });
    await world.publish(world.created('t1'));
    await world.until(() => world.told.length === 1);
    await world.publish(world.closed('t1', 'CANCELLED'));
    await world.clock.advance(30_000);
    expect(types(world.told)).toEqual(['SubTaskStarted']);
    expect(await world.runs()).toMatchObject([{ state: 'CANCELLED' }]);
    expect(world.clock.pending).toBe(0);
  });

  it('finishes late what runs when the deadline closes the window', async () => {
    const finish: (() => void)[] = [];
    await world.start({
      scan: () =>
        new Promise((resolve) =>
          finish.push(() => {
            resolve(passed);
          }),
        ),
    });
    await world.publish(world.created('t1'));
    await world.until(() => finish.length === 1);
    await world.publish(world.closed('t1', 'DEADLINE'));
    finish[0]?.();
    await world.clock.advance(1_000);
    expect(types(world.told)).toEqual(['SubTaskStarted', 'SubTaskCompleted']);
  });
});

describe('configuration', () => {
  it('[Z-039] is used from the next package on, without a restart, and differs by product', async () => {
    const jobs: ScanJob[] = [];
    await world.start({ consider: (job) => (jobs.push(job), { kind: 'take' }) });
    await world.publish(world.created('t1'));
    await world.until(() => world.told.length === 2);
    await world.publish(world.config(4, { depth: 2 }, { special: { depth: 3 } }));
    await world.publish(world.created('t2'), world.created('t3', 'special'));
    await world.until(() => world.told.length === 6);
    expect(Object.fromEntries(jobs.map(({ taskId, config }) => [taskId, config]))).toEqual({ t1: {}, t2: { depth: 2 }, t3: { depth: 3 } });
    expect(world.of('t2')[0]?.data['configRevision']).toBe(4);
  });

  it('that cannot be used is a dead letter that says why, and the old one stays', async () => {
    await world.start();
    await world.publish(world.config(1, { depth: 2 }), world.config(2, { depth: 'deep' }), world.config(3, {}, { p: { width: 1 } }));
    await world.clock.advance(1_000);
    expect(world.log.deadLetters.map(({ reason, detail }) => [reason, detail])).toEqual([
      ['INVALID_CONFIG', expect.stringMatching(/^config\.depth: /)],
      ['INVALID_CONFIG', expect.stringMatching(/^products\.p: /)],
    ]);
    await world.publish(world.created('t1'));
    await world.until(() => world.told.length === 2);
    expect(world.told[0]?.data['configRevision']).toBe(1);
  });
});

describe('stopping [W-027 F24]', () => {
  it('hands back what does not finish in time, and the next start goes on with the next attempt at once', async () => {
    const first = await world.start({ scan: hangs });
    await world.publish(world.created('t1'));
    await world.until(() => world.told.length === 1);
    const stopped = first.worker.stop(2_000);
    await world.clock.advance(5_000);
    await stopped;
    await first.bus.close();
    expect(await world.runs()).toMatchObject([{ state: 'RUNNING', failures: 0, attempt: 1, owner: undefined }]);
    await world.start();
    await world.until(() => world.told.length === 3);
    expect(world.told.map(({ type, data }) => [type, data['attempt']])).toEqual([
      ['SubTaskStarted', 1],
      ['SubTaskStarted', 2],
      ['SubTaskCompleted', 2],
    ]);
  });

  it('waits for what finishes in time', async () => {
    const finish: (() => void)[] = [];
    const first = await world.start({
      scan: () =>
        new Promise((resolve) =>
          finish.push(() => {
            resolve(passed);
          }),
        ),
    });
    await world.publish(world.created('t1'));
    await world.until(() => finish.length === 1);
    const stopped = first.worker.stop(5_000);
    finish[0]?.();
    await stopped;
    expect(await world.runs()).toMatchObject([{ state: 'DONE' }]);
  });
});

describe('facts', () => {
  it('told again are the same facts', async () => {
    const again = new WorkerWorld();
    await again.listen();
    for (const one of [world, again]) {
      await one.start();
      await one.publish(one.created('t1'));
      await one.until(() => one.told.length === 2);
    }
    expect(again.told.map(({ id, ...fact }) => [id, payloadHash(fact)])).toEqual(world.told.map(({ id, ...fact }) => [id, payloadHash(fact)]));
  });
});
