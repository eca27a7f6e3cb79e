/** A worker as it is deployed: PostgreSQL, the fact log, a package store, real scan processes, HTTP. */
import { defaultPolicy, type Fact, MainTaskCreated, makeFact, WindowClosed } from '@tributary/facts';
import { BusSchema1763700000000, PostgresFactBus } from '@tributary/fact-bus';
import { DirectoryPackageStore } from '@tributary/package-store';
import { isTransient, PostgresDatabase } from '@tributary/persistence';
import { createMetrics, type RunningService, silentLog, systemClock, systemIdentity } from '@tributary/service-kit';
import { Telemetry } from '@tributary/telemetry';
import { testPostgres, type TestDatabase } from '@tributary/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { z } from 'zod';
import { ScanPool } from '../pool/scan-pool';
import { bundleScanProcess } from '../testing/bundle-scan-process';
import { zipOf, type ZipFile } from '../testing/zip';
import { workerMigrations } from './launch-worker';
import { startWorker } from './start-worker';

const summary = {
  subTaskType: 'UNRULY',
  version: '1',
  configSchema: z.strictObject({ enabled: z.boolean().default(true), sniff: z.boolean().default(false) }),
};

let root: string;
let scanFile: string;
let pool: ScanPool;
let empty: TestDatabase;
let observer: Replica;
const told: Fact[] = [];
const replicas: Replica[] = [];

interface Replica {
  readonly bus: PostgresFactBus;
  readonly control: PostgresDatabase;
  readonly service?: RunningService;
}

async function busOf(): Promise<Replica> {
  const control = await PostgresDatabase.connect({ url: empty.url, schema: 'bus', migrations: [BusSchema1763700000000], poolMax: 3 });
  const bus = new PostgresFactBus({ database: control, newId: v7, isTransient, heartbeatMs: 500, leaseMs: 2_000 });
  return { bus, control };
}

async function start(): Promise<Replica & { service: RunningService }> {
  const parts = await busOf();
  const database = await PostgresDatabase.connect({ url: empty.url, schema: 'unruly_worker', migrations: workerMigrations, poolMax: 4 });
  const context = {
    service: 'unruly-worker',
    log: silentLog,
    telemetry: new Telemetry({ service: 'unruly-worker', version: '1', instance: v7() }),
    metrics: createMetrics('unruly-worker'),
    clock: systemClock,
    identity: systemIdentity,
    host: '127.0.0.1',
    port: 0,
  };
  const service = await startWorker(context, {
    summary,
    database,
    bus: parts.bus,
    close: () => database.close(),
    store: { kind: 'directory', root },
    pool,
    leaseMs: 1_500,
    drainMs: 300,
  });
  const replica = { ...parts, service };
  replicas.push(replica);
  return replica;
}

async function stop({ service, bus, control }: Replica): Promise<void> {
  await service?.stop();
  await bus.close();
  await control.close();
}

async function upload(files: readonly ZipFile[]): Promise<string> {
  const taskId = v7();
  const stored = await new DirectoryPackageStore(root).put(
    `tasks/${taskId}/package.zip`,
    (async function* () {
      yield zipOf(files);
    })(),
  );
  const context = {
    filePath: `store:${stored.key}`,
    sha256: stored.sha256,
    size: stored.size,
    fileName: 'a.zip',
    product: 'p',
    version: '1',
    reportPrefix: `store:tasks/${taskId}/reports/`,
  };
  await publish(makeFact(MainTaskCreated, { ...envelope(taskId), data: { taskId, round: 1, context, policy: defaultPolicy } }));
  return taskId;
}

const envelope = (subject: string) => ({ id: v7(), source: '/tributary/coordinator', subject, time: new Date().toISOString() });

async function publish(fact: Fact): Promise<void> {
  await observer.control.transaction(async (tx) => {
    observer.bus.publish(tx, [fact]);
  });
}

async function until<R>(probe: () => R | undefined | false, withinMs = 20_000): Promise<R> {
  for (const deadline = Date.now() + withinMs; ;) {
    const found = probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${JSON.stringify(told.map(({ type, data }) => [type, data]))}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const of = (taskId: string): Fact[] => told.filter(({ subject }) => subject === taskId);
const endOf = (taskId: string) => until(() => of(taskId).find(({ type }) => type === 'SubTaskCompleted' || type === 'SubTaskFailed'));

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tributary-worker-'));
  empty = await (await testPostgres()).database();
  scanFile = await bundleScanProcess('service', join(__dirname, '../testing/unruly.scan-process.ts'));
  pool = new ScanPool({ scanFile, size: 2, log: silentLog, heapMb: 128, jobMs: 2_000 });
  observer = await busOf();
  await observer.bus.subscribe({
    group: 'observer',
    topics: ['scan.facts'],
    database: observer.control,
    handle: async (batch) => {
      told.push(...batch.map(({ fact }) => fact));
      return [];
    },
  });
});

afterAll(async () => {
  for (const replica of replicas) await stop(replica);
  await stop(observer);
  pool.close();
  await empty.drop();
  await (await testPostgres()).stop();
  await rm(root, { recursive: true, force: true });
});

afterEach(async () => {
  for (const replica of replicas.splice(0)) await stop(replica);
});

it('[Z-023 Z-025] takes part, scans and says so; is ready, and shows its runs', async () => {
  const { service } = await start();
  const taskId = await upload([{ name: 'bad.txt', data: 'x' }]);
  const end = await endOf(taskId);
  expect(end).toMatchObject({ type: 'SubTaskFailed', source: '/tributary/unruly-worker', data: { failureKind: 'QUALITY', counts: { error: 1 } } });
  expect(of(taskId).map(({ type }) => type)).toEqual(['SubTaskStarted', 'SubTaskFailed']);
  const ready = await fetch(`${service.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', missing: [] }]);
  const runs = await (await fetch(`${service.url}/internal/runs?taskId=${taskId}`)).json();
  expect(runs).toMatchObject({ items: [{ taskId, state: 'FAILED', outcome: 'QUALITY', attempt: 1 }] });
});

it('[Z-038 P-028] replicas share the work, and nothing is scanned or told twice', async () => {
  await Promise.all([start(), start()]);
  const tasks = await Promise.all(Array.from({ length: 30 }, (_, n) => upload([{ name: n % 3 === 0 ? 'nothing' : 'good.txt', data: String(n) }])));
  for (const [n, taskId] of tasks.entries()) {
    if (n % 3 !== 0) expect(await endOf(taskId)).toMatchObject({ type: 'SubTaskCompleted' });
    else await until(() => of(taskId).length > 0);
    expect(of(taskId)).toHaveLength(n % 3 === 0 ? 1 : 2);
  }
});

it('[F22 I18] a scan that never ends fails for good after three tries, while others go on', async () => {
  await start();
  const [bad, good] = await Promise.all([upload([{ name: 'loop', data: '' }]), upload([{ name: 'good.txt', data: '' }])]);
  expect(await endOf(good)).toMatchObject({ type: 'SubTaskCompleted' });
  const end = await endOf(bad);
  expect(end.data).toMatchObject({
    attempt: 3,
    failureKind: 'UNRECOVERABLE',
    counts: { error: 1 },
    report: { uri: `store:tasks/${bad}/reports/UNRULY/1-3.ndjson` },
  });
  expect(end.data['reason']).toMatch(/^SCAN_TIMEOUT: loop: /);
  expect(
    of(bad)
      .filter(({ type }) => type === 'SubTaskStarted')
      .map(({ data }) => data['attempt']),
  ).toEqual([1, 2, 3]);
});

it('[W-027] hands back what it cannot finish, and a replica goes on at once', async () => {
  const first = await start();
  const taskId = await upload([{ name: 'wait', data: '' }]);
  await until(() => of(taskId).length === 1);
  await stop(replicas.splice(replicas.indexOf(first), 1)[0]!);
  await start();
  await until(() => of(taskId).some(({ type, data }) => type === 'SubTaskStarted' && data['attempt'] === 2), 5_000);
  const closed = {
    taskId,
    round: 1,
    closedBy: 'CANCELLED' as const,
    cutoff: 1,
    digest: 'd'.repeat(64),
    knownTypes: [],
    unreachable: [],
    openedAt: envelope('').time,
    closedAt: envelope('').time,
    pausedMs: 0,
  } satisfies WindowClosed['data'];
  await publish(makeFact(WindowClosed, { ...envelope(taskId), data: closed }));
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(of(taskId).filter(({ type }) => /Completed|Failed/.test(type))).toEqual([]);
});
