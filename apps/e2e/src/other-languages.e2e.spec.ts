/** The workers that the page shows in Python and Java, on the real system: what a team copies from there works. */
import { type LocalKafka, startLocalKafka } from '@tributary/local-runtime';
import { breachesOf, type Told } from '@tributary/taking-part';
import { describeWithLocalKafka } from '@tributary/testing';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { ForeignWorker } from './testing/foreign-worker';
import { GateClient } from './testing/gate-client';
import { mixedPackage, plainPackage } from './testing/packages';
import { pageWorkers, type RunningWorker } from './testing/page-workers';
import { startSystem, type System } from './testing/system';
import { until } from './testing/until';

describeWithLocalKafka('workers in other languages', () => {
  let kafka: LocalKafka;
  let gate: GateClient;
  let reader: ForeignWorker;
  let admin: Admin;
  const started: { stop(): Promise<void> }[] = [];
  const workers: RunningWorker[] = [];

  beforeAll(async () => {
    let system: System;
    started.push((kafka = await startLocalKafka()));
    started.push((system = await startSystem({ kind: 'cluster', kafka: kafka.bootstrap })));
    gate = new GateClient(system.url);
    started.push((reader = await ForeignWorker.start(kafka.bootstrap, 'reader', ['scan.facts'])));
    admin = new Kafka({ brokers: [kafka.bootstrap], logLevel: logLevel.NOTHING }).admin();
    started.push({ stop: () => admin.disconnect() });
    await admin.connect();
  }, 300_000);
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.kill();
  });
  afterAll(async () => {
    for (const part of started.toReversed()) await part.stop();
  }, 90_000);

  /** Before that an upload's window might be over before it reads. */
  async function joined(group: string): Promise<void> {
    const isStable = async (see: <S>(value: S) => S): Promise<boolean> =>
      see(await admin.describeGroups([group])).groups.some(({ state }) => state === 'Stable');
    await until(`a member in ${group}`, isStable, { withinMs: 60_000 }).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${workers.map(({ output }) => output()).join('\n')}`);
    });
  }

  async function breachesIn(taskId: string, subTaskType: string): Promise<readonly unknown[]> {
    return breachesOf({ subTaskType, facts: (await gate.facts(taskId)) as readonly Told[], settled: true });
  }

  for (const { language, subTaskType, group, missing, ...worker } of pageWorkers) {
    if (missing !== undefined) process.stdout.write(`skipped: the worker in ${language}: ${missing}\n`);
    (missing === undefined ? it : it.skip)(
      `[Z-018] the page's worker in ${language} takes part, keeps to the contract, and may tell everything twice`,
      async () => {
        workers.push(await worker.start(kafka.bootstrap));
        await joined(group);
        const taskId = await gate.upload(plainPackage());
        const task = await gate.verdict(taskId);
        expect(task).toMatchObject({ status: 'SUCCESS', observedTypes: [subTaskType] });
        const rescan = await gate.call('POST', `/api/v1/gate/tasks/${taskId}/rescan`, { body: '{}', headers: { 'content-type': 'application/json' } });
        expect(rescan.status).toBe(202);
        expect(await gate.verdict(taskId, { revision: 2 })).toMatchObject({ round: 2, status: 'SUCCESS', observedTypes: [subTaskType] });
        const told = await gate.facts(taskId);
        expect(told.filter(({ data }) => data['subTaskType'] === subTaskType).map(({ type, data }) => [type, data['round']])).toEqual([
          ['SubTaskStarted', 1],
          ['SubTaskCompleted', 1],
          ['SubTaskStarted', 2],
          ['SubTaskCompleted', 2],
        ]);
        expect(await breachesIn(taskId, subTaskType)).toEqual([]);

        // A group that remembers nothing tells it all again: nothing is counted twice.
        workers.push(await worker.start(kafka.bootstrap, `${group}-again`));
        await until('everything to be told twice', (see) => see(reader.heardOf(taskId).filter(({ data }) => data.subTaskType === subTaskType)).length === 8);
        expect((await gate.facts(taskId)).map(({ id }) => id)).toEqual(told.map(({ id }) => id));
        expect((await gate.explanation(taskId)).conflicts).toEqual([]);
      },
      150_000,
    );
  }

  it('[Z-018] our own workers keep to the same page', async () => {
    const taskId = await gate.upload(mixedPackage(), { policy: { participationMs: 8_000, gapMs: 500, deadlineMs: 60_000 } });
    const { observedTypes, participants } = await gate.verdict(taskId);
    expect(observedTypes).toEqual(expect.arrayContaining(['SQL', 'EXCEL', 'WEDATA']));
    for (const { type } of participants as readonly { type: string }[]) expect([type, await breachesIn(taskId, type)]).toEqual([type, []]);
  });
});
