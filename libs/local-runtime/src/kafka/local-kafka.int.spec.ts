import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { commandLineOf, isRunning } from '../process-identity';
import { sleep, until } from '../sleep';
import { startKafkaProcess } from '../testing/kafka-script';
import { probeBroker } from './broker-probe';
import { type LocalKafka, type LocalKafkaOptions, startLocalKafka } from './local-kafka';
import { localKafkaMissing } from './local-kafka-missing';

function clientOf(bootstrap: string): Kafka {
  return new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.NOTHING });
}

async function write(bootstrap: string, topic: string, count: number): Promise<void> {
  const kafka = clientOf(bootstrap);
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: false });
  // kafkajs waits for leaders only, not for a broker that has not heard of the topic yet.
  expect(
    await until(
      async () =>
        admin.fetchTopicMetadata({ topics: [topic] }).then(
          ({ topics }) => topics[0]?.partitions.length === 1,
          () => false,
        ),
      10_000,
      50,
    ),
  ).toBe(true);
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: Array.from({ length: count }, (_, index) => ({ value: String(index) })) });
  await producer.disconnect();
}

async function sizeOfTopic(bootstrap: string, topic: string): Promise<number> {
  const admin = clientOf(bootstrap).admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { high }) => sum + Number(high), 0);
  } finally {
    await admin.disconnect();
  }
}

const missing = localKafkaMissing();
if (missing !== undefined) process.stderr.write(`skipped: the local Kafka: ${missing}\n`);

(missing === undefined ? describe : describe.skip)('the local Kafka', () => {
  let root: string;
  const started: LocalKafka[] = [];
  /** Stopped after the test, however that ends: a JVM that is left behind, frozen even, lets nobody end. */
  async function start(options: LocalKafkaOptions = {}): Promise<LocalKafka> {
    const kafka = await startLocalKafka(options);
    started.push(kafka);
    return kafka;
  }
  afterEach(async () => {
    for (const kafka of started.splice(0)) await kafka.stop();
  });
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'tributary kafka '));
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('starts, is killed, comes back with its data at the same address, and stops', async () => {
    const dataDir = join(root, 'kept');
    const kafka = await start({ dataDir });
    const [node] = kafka.nodes;
    await write(kafka.bootstrap, 'kept', 100);
    await node!.kill();
    await expect(probeBroker(node!.port)).rejects.toThrow();
    await node!.start();
    expect(await sizeOfTopic(kafka.bootstrap, 'kept')).toBe(100);
    await expect(startLocalKafka({ dataDir })).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    await expect(startLocalKafka({ dataDir, brokers: 3 })).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    await kafka.stop();
    expect(node!.running).toBe(false);
    const again = await start({ dataDir });
    expect(again.bootstrap).toBe(kafka.bootstrap);
    expect(await sizeOfTopic(again.bootstrap, 'kept')).toBe(100);
    await again.stop();
    await expect(startLocalKafka({ dataDir, brokers: 3 })).rejects.toMatchObject({ code: 'INVALID_OPTION' });
  });

  it('does not answer while it is frozen, and answers afterwards', async () => {
    const kafka = await start();
    const [node] = kafka.nodes;
    await node!.pause();
    await expect(probeBroker(node!.port)).rejects.toThrow();
    node!.resume();
    expect(await until(async () => (await probeBroker(node!.port).catch(() => [])).length === 1, 5_000)).toBe(true);
    await node!.pause();
    await kafka.stop(); // also a frozen one
    expect(existsSync(kafka.dataDir)).toBe(false);
  });

  it('is three brokers when asked, and two of them still take records', async () => {
    const kafka = await start({ brokers: 3 });
    try {
      expect(await probeBroker(kafka.nodes[0]!.port)).toHaveLength(3);
      await write(kafka.bootstrap, 'before', 10);
      await kafka.nodes[0]!.kill();
      // Until its session has expired, the others still count it in and send clients to it.
      const [, second] = kafka.nodes;
      expect(await until(async () => (await probeBroker(second!.port)).length === 2, 15_000, 100)).toBe(true);
      const rest = kafka.bootstrap.split(',').slice(1).join(',');
      await write(rest, 'after', 10);
      expect(await sizeOfTopic(rest, 'after')).toBe(10);
      await kafka.nodes[0]!.start({ brokersMin: 3 });
    } finally {
      await kafka.stop();
    }
  });

  it('leaves no JVM behind when its process is killed, and the folder can be used again', async () => {
    const dataDir = join(root, 'orphan');
    const first = startKafkaProcess(dataDir);
    const report = await first.report;
    await write(report.bootstrap, 'kept', 5);
    first.process.kill('SIGKILL');
    expect(await until(async () => !(await isRunning(report.pid)), 10_000)).toBe(true);
    const second = await start({ dataDir });
    expect(second.bootstrap).toBe(report.bootstrap);
    expect(await sizeOfTopic(second.bootstrap, 'kept')).toBe(5);
    await second.stop();
  });

  it('stops a broker whose owner and watchdog were both killed, and starts anew on its data', async () => {
    const dataDir = join(root, 'unwatched');
    const first = startKafkaProcess(dataDir);
    const report = await first.report;
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const words = ((await commandLineOf(Number(name))) ?? '').split(' ');
      if (words.includes('tributary-kafka-watchdog') && words.join(' ').includes(dataDir)) process.kill(Number(name), 'SIGKILL');
    }
    first.process.kill('SIGKILL');
    await sleep(500);
    expect(await isRunning(report.pid)).toBe(true);
    const lines: string[] = [];
    const second = await start({ dataDir, log: (line) => lines.push(line) });
    expect(lines).toContain('stopped Kafka node 1, which an earlier Tributary left behind');
    expect(await isRunning(report.pid)).toBe(false);
    await second.stop();
  });

  it('leaves a folder alone that holds something else', async () => {
    const dataDir = join(root, 'other');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'thesis.txt'), '');
    await expect(startLocalKafka({ dataDir })).rejects.toMatchObject({ code: 'NOT_OUR_FOLDER' });
    await expect(startLocalKafka({ dataDir: join(root, 'a,b') })).rejects.toMatchObject({ code: 'INVALID_OPTION' });
  });
});
