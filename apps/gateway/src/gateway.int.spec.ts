import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { BusSchema1763700000000, PostgresFactBus } from '@tributary/fact-bus';
import { InMemoryPackageStore } from '@tributary/package-store';
import { isTransient, PostgresDatabase, type PostgresTransaction } from '@tributary/persistence';
import { type RunningService } from '@tributary/service-kit';
import { type TestDatabase, testPostgres } from '@tributary/testing';
import { v7 } from 'uuid';
import { gatewayMigrations, startGateway } from './gateway.service';
import { PostgresUploadMemory } from './upload/postgres.upload.memory';
import { UploadPackage } from './upload/upload-package';
import { contextForTests, sha256, zipLike } from './testing/gateway-under-test';
import { ScriptedService } from './testing/scripted-service';

/** Stands between the gateway and its database, and can be cut. */
class Wire {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(private readonly to: URL) {}

  async lay(): Promise<void> {
    this.#server = createServer((client) => {
      const target = connect(Number(this.to.port), this.to.hostname);
      for (const socket of [client, target]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.once('close', () => this.#sockets.delete(socket));
      }
      client.pipe(target).pipe(client);
    });
    await new Promise<void>((resolve) => this.#server?.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  get url(): string {
    const url = new URL(this.to);
    url.hostname = '127.0.0.1';
    url.port = String(this.#port);
    return url.href;
  }
}

let place: TestDatabase;
let wire: Wire;
let busDatabase: PostgresDatabase;
let bus: PostgresFactBus;
let gateway: RunningService;
const store = new InMemoryPackageStore(() => new Date());
const [coordinator, definition] = [new ScriptedService(), new ScriptedService()];

beforeAll(async () => {
  place = await (await testPostgres()).database();
  wire = new Wire(new URL(place.url));
  await wire.lay();
  await Promise.all([coordinator.start(), definition.start()]);
  busDatabase = await PostgresDatabase.connect({ url: place.url, schema: 'bus', migrations: [BusSchema1763700000000] });
  bus = new PostgresFactBus({ database: busDatabase, newId: v7, isTransient });
  const database = await PostgresDatabase.connect({ url: wire.url, schema: 'gateway', migrations: gatewayMigrations });
  const urls = { coordinatorUrl: coordinator.url, definitionUrl: definition.url };
  gateway = await startGateway(contextForTests(), { ...urls, database, bus, store, close: () => database.close() });
});
afterAll(async () => {
  await gateway.stop();
  await bus.close();
  await busDatabase.close();
  await Promise.all([coordinator.stop(), definition.stop(), wire.cut()]);
  await place.drop();
  await (await testPostgres()).stop();
});

const upload = async (content: Buffer, headers: Record<string, string> = {}): Promise<{ status: number; headers: Headers; body: any }> => {
  const response = await fetch(`${gateway.url}/api/v1/gate/tasks?product=real`, {
    method: 'POST',
    body: new Uint8Array(content),
    headers: { 'content-type': 'application/zip', ...headers },
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
};
const stored = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of store.list('tasks/')) keys.push(key);
  return keys;
};
const told = (): Promise<{ key: string; body: string }[]> =>
  busDatabase.query("SELECT key, body FROM bus.fact_log WHERE topic = 'gate.facts' ORDER BY position");

it('[Z-003] record and fact are one commit, and the task can be read at once', async () => {
  const bytes = zipLike('real');
  const { status, body } = await upload(bytes, { 'accept-language': 'zh-CN' });
  expect([status, body.message]).toEqual([202, '任务创建成功']);
  const facts = await told();
  expect(facts.map(({ key }) => key)).toEqual([body.taskId]);
  expect(JSON.parse(facts[0]!.body)).toMatchObject({ type: 'ZipUploaded', data: { sha256: sha256(bytes), product: 'real' } });
  const task = await fetch(`${gateway.url}/api/v1/gate/tasks/${body.taskId}`);
  expect(await task.json()).toMatchObject({ taskId: body.taskId, status: 'INIT', package: { size: bytes.length } });
});

it('[Z-038] many with one key at once are one task', async () => {
  const before = (await told()).length;
  const answers = await Promise.all(Array.from({ length: 20 }, () => upload(zipLike('same'), { 'idempotency-key': 'race' })));
  expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers.get('idempotent-replay') === null)).toHaveLength(1);
  expect((await told()).length).toBe(before + 1);
  expect((await stored()).filter((key) => key.includes(answers[0]!.body.taskId))).toHaveLength(1);
});

it('[F5] while the database is away uploads are 503 with Retry-After, leave nothing behind, and go on afterwards', async () => {
  const [facts, objects] = [(await told()).length, (await stored()).length];
  await wire.cut();
  const { status, headers, body } = await upload(zipLike('lost'), { 'idempotency-key': 'outage' });
  expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'DATABASE_UNAVAILABLE', '2']);
  expect(await gateway.missing()).toContain('the database');
  await wire.lay();
  expect([(await told()).length, (await stored()).length]).toEqual([facts, objects]);
  const again = await upload(zipLike('lost'), { 'idempotency-key': 'outage' });
  expect([again.status, again.headers.get('idempotent-replay')]).toEqual([202, null]);
  expect(await gateway.missing()).toEqual([]);
});

it('[F16] a commit whose answer was lost is an accepted upload', async () => {
  const before = (await told()).length;
  const database = await PostgresDatabase.connect({ url: place.url, schema: 'gateway', migrations: [] });
  const lossy = uploadsThatLoseAnswers(database);
  const accepted = await lossy.accept({
    tenant: 'default',
    actor: 'test',
    language: 'en',
    fileName: 'a.zip',
    bytes: (async function* () {
      yield zipLike('answered late');
    })(),
    fields: () => Promise.resolve({}),
  });
  expect((await told()).length).toBe(before + 1);
  expect(await store.head(`tasks/${accepted.taskId}/package.zip`)).toBeDefined();
  await database.close();
});

function uploadsThatLoseAnswers(database: PostgresDatabase): UploadPackage<PostgresTransaction> {
  const { clock, identity, log } = contextForTests();
  return new UploadPackage<PostgresTransaction>({
    database: {
      close: () => Promise.resolve(),
      transaction: async (work) => {
        await database.transaction(work);
        throw Object.assign(new Error('Connection terminated unexpectedly'), { code: '08006' });
      },
    },
    memory: new PostgresUploadMemory(database),
    bus,
    store,
    policies: { find: () => Promise.resolve(undefined) },
    clock,
    identity,
    log,
    spans: { start: () => ({ traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', end: () => undefined }) },
    packageBytesMax: 1_000_000,
  });
}
