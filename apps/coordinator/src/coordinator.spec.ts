import { type Fact, makeFact, PolicySnapshot, SubTaskCompleted, SubTaskDeclined, SubTaskFailed, SubTaskStarted, ZipUploaded } from '@tributary/facts';
import { InMemoryFactBus, InMemoryGroups, InMemoryLog, systemClock } from '@tributary/fact-bus';
import { InMemoryDatabase, type InMemoryTransaction } from '@tributary/persistence';
import { systemIdentity } from '@tributary/service-kit';
import { Telemetry } from '@tributary/telemetry';
import { v7 } from 'uuid';
import { Coordinator } from './coordinator';
import { InMemoryGateMemory } from './in-memory.gate.memory';
import { LedgerSignals } from './ledger-signals';
import { explanationDocument, taskDocument } from './task-document';

const policy = PolicySnapshot.parse({ id: 'test', revision: 0, participationMs: 120, gapMs: 60, deadlineMs: 600, graceMs: 60_000 });
const telemetry = new Telemetry({ service: 'coordinator', version: '0', instance: 'test' });

function aGate(replicas = 1) {
  const [log, groups, database] = [new InMemoryLog(), new InMemoryGroups(), new InMemoryDatabase()];
  const memory = new InMemoryGateMemory(() => Date.now());
  const troubles: unknown[] = [];
  const onTrouble = (error: unknown): void => void troubles.push(error);
  const signals = new LedgerSignals({ member: 'a', clock: systemClock, onTrouble });
  const processes = Array.from({ length: replicas }, () => {
    const bus = new InMemoryFactBus({ log, groups, newId: v7, onTrouble });
    return {
      bus,
      coordinator: new Coordinator<InMemoryTransaction>({
        memory,
        database,
        bus,
        telemetry,
        clock: systemClock,
        identity: systemIdentity,
        signals,
        heartbeatMs: 50,
        onTrouble,
      }),
    };
  });
  const [first] = processes;
  const tell = (...facts: Fact[]): Promise<void> =>
    database.transaction(async (tx) => {
      first!.bus.publish(tx, facts);
    });
  return {
    memory,
    tell,
    troubles,
    log,
    start: async () => {
      for (const { coordinator } of processes) await coordinator.start();
    },
    stop: async () => {
      for (const { coordinator, bus } of processes) {
        await coordinator.stop();
        await bus.close();
      }
    },
    coordinator: first!.coordinator,
    verdict: async (taskId: string, revision = 1) => {
      for (let n = 0; n < 300; n++) {
        const found = await memory.find(taskId);
        if (found && found.task.revision >= revision) return taskDocument(found) as any;
        await new Promise((resolve) => {
          setTimeout(resolve, 10);
        });
      }
      throw new Error(`no verdict; troubles: ${troubles.map(String).join('; ')}`);
    },
  };
}

const at = '2026-01-01T00:00:00.000Z';
const uploaded = (taskId: string, changes: object = {}): Fact =>
  makeFact(ZipUploaded, {
    id: v7(),
    source: '/tributary/gateway',
    subject: taskId,
    time: at,
    data: { taskId, filePath: `store:tasks/${taskId}/package.zip`, product: 'shop', version: '1', policy: { ...policy, ...changes } },
  });
const worker = { source: '/acme/worker', time: at };
const started = (taskId: string, subTaskType: string, round = 1): Fact =>
  makeFact(SubTaskStarted, { ...worker, id: v7(), subject: taskId, data: { taskId, subTaskType, round } });
const completed = (taskId: string, subTaskType: string, round = 1): Fact =>
  makeFact(SubTaskCompleted, { ...worker, id: v7(), subject: taskId, data: { taskId, subTaskType, result: 'PASS', round } });
const failed = (taskId: string, subTaskType: string): Fact =>
  makeFact(SubTaskFailed, { ...worker, id: v7(), subject: taskId, data: { taskId, subTaskType, reason: 'lint error' } });
const declined = (taskId: string, subTaskType: string): Fact =>
  makeFact(SubTaskDeclined, { ...worker, id: v7(), subject: taskId, data: { taskId, subTaskType, reasonCode: 'NOT_MINE' } });

describe('the coordinator', () => {
  const running: { stop(): Promise<void> }[] = [];
  const gate = async (replicas?: number) => {
    const made = aGate(replicas);
    running.push(made);
    await made.start();
    return made;
  };
  afterEach(async () => {
    for (const made of running.splice(0)) await made.stop();
  });

  it('[Z-020 Z-031] converges to SUCCESS when everybody who came succeeded; a type it has never heard of counts', async () => {
    const { tell, verdict, memory } = await gate();
    await tell(uploaded('t1'), started('t1', 'FOO_9'), declined('t1', 'BAR'), completed('t1', 'FOO_9'));
    const task = await verdict('t1');
    expect(task).toMatchObject({ status: 'SUCCESS', revision: 1, observedTypes: ['FOO_9'], window: { closedBy: 'QUIET' } });
    expect(task.participants.map(({ type, kind }: any) => [type, kind])).toEqual([
      ['BAR', 'declined'],
      ['FOO_9', 'joined'],
    ]);
    const types = (await memory.facts('t1', 0, 100)).map(({ fact }) => fact.type);
    expect(types).toEqual(expect.arrayContaining(['ZipUploaded', 'MainTaskCreated', 'WindowClosed', 'MainTaskConverged']));
    expect(types.slice(-2)).toEqual(['WindowClosed', 'MainTaskConverged']);
  });

  it('[Z-030] nobody came: FAILED by NO_PARTICIPANTS', async () => {
    const { tell, verdict, memory } = await gate();
    await tell(uploaded('t1'));
    expect(await verdict('t1')).toMatchObject({ status: 'FAILED' });
    const found = (await memory.find('t1'))!;
    expect(explanationDocument(found, await memory.verdict('t1'), 'en').rule?.id).toBe('NO_PARTICIPANTS');
  });

  it('[Z-032] somebody is unfinished at the deadline: PARTIAL_SUCCESS', async () => {
    const { tell, verdict } = await gate();
    await tell(uploaded('t1'), started('t1', 'SLOW'));
    expect(await verdict('t1')).toMatchObject({ status: 'PARTIAL_SUCCESS', window: { closedBy: 'DEADLINE' } });
  });

  it('[Z-038 E-044] facts that overtake the upload count; facts told again count once', async () => {
    const { tell, verdict, memory } = await gate();
    const end = completed('t1', 'SQL');
    await tell(end, started('t1', 'SQL'));
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
    await tell(uploaded('t1'), end, end);
    expect(await verdict('t1')).toMatchObject({ status: 'SUCCESS', observedTypes: ['SQL'] });
    const ids = (await memory.facts('t1', 0, 100)).map(({ fact }) => fact.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('[I6] a late fact is recorded once, marked, and changes nothing under `record`', async () => {
    const { tell, verdict, memory } = await gate();
    await tell(uploaded('t1'), started('t1', 'SQL'), completed('t1', 'SQL'));
    const before = await verdict('t1');
    await tell(started('t1', 'TARDY'), failed('t1', 'TARDY'));
    await new Promise((resolve) => {
      setTimeout(resolve, 60);
    });
    const after = taskDocument((await memory.find('t1'))!) as any;
    expect([after.status, after.revision, after.verdictHash]).toEqual([before.status, 1, before.verdictHash]);
    expect(after.participants.find(({ type }: any) => type === 'TARDY').kind).toBe('late');
    expect((await memory.facts('t1', 0, 100)).filter(({ late }) => late)).toHaveLength(2);
  });

  it('[I6] under `amend` it makes a new revision that names it', async () => {
    const { tell, verdict, memory } = await gate();
    await tell(uploaded('t1', { late: 'amend' }), started('t1', 'SQL'), completed('t1', 'SQL'));
    await verdict('t1');
    const late = failed('t1', 'TARDY');
    await tell(late);
    expect(await verdict('t1', 2)).toMatchObject({ status: 'PARTIAL_SUCCESS', revision: 2, round: 1 });
    const told = (await memory.facts('t1', 0, 100)).find(({ fact }) => fact.type === 'MainTaskReconverged');
    expect(told?.fact.data).toMatchObject({ because: 'LATE_FACTS', causes: [late.id] });
  });

  it('[C-10] a cancel that overtakes the upload is kept and wins', async () => {
    const { tell, verdict, coordinator, memory } = await gate();
    await coordinator.requests.cancel({ taskId: 't1', by: 'somebody', announced: true });
    await tell(uploaded('t1'));
    expect(await verdict('t1')).toMatchObject({ status: 'CANCELLED', window: { closedBy: 'CANCELLED' } });
    await expect(coordinator.requests.cancel({ taskId: 't1', by: 'somebody', announced: true })).rejects.toMatchObject({ status: 409 });
    expect((await memory.facts('t1', 0, 100)).filter(({ fact }) => fact.type === 'MainTaskConverged')).toHaveLength(1);
  });

  it('[Z-049 C-08] a rescan opens round 2 and gives revision 2; a cancelled one leaves the verdict standing', async () => {
    const { tell, verdict, coordinator, memory } = await gate();
    await tell(uploaded('t1'), started('t1', 'SQL'), completed('t1', 'SQL'));
    await verdict('t1');
    await coordinator.requests.rescan({ taskId: 't1', by: 'me', announced: true });
    await expect(coordinator.requests.rescan({ taskId: 't1', by: 'me', announced: true })).rejects.toMatchObject({ status: 409 });
    await tell(started('t1', 'SQL', 2), completed('t1', 'SQL', 2));
    expect(await verdict('t1', 2)).toMatchObject({ status: 'SUCCESS', round: 2 });
    await coordinator.requests.rescan({ taskId: 't1', by: 'me', announced: true });
    await coordinator.requests.cancel({ taskId: 't1', by: 'me', announced: true });
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    const task = taskDocument((await memory.find('t1'))!) as any;
    expect([task.status, task.revision, task.round, task.openRound]).toEqual(['SUCCESS', 2, 2, undefined]);
  });

  it('[I1] two replicas settle each of forty tasks once', async () => {
    const { tell, verdict, log, troubles } = await gate(2);
    const ids = Array.from({ length: 40 }, (_, n) => `task-${n}`);
    for (const id of ids) await tell(uploaded(id), started(id, 'SQL'), completed(id, 'SQL'));
    for (const id of ids) expect(await verdict(id)).toMatchObject({ status: 'SUCCESS' });
    const told = log
      .all('gate.facts')
      .map(({ body }) => JSON.parse(body) as Fact)
      .filter(({ type }) => type === 'MainTaskConverged');
    expect(told.map(({ subject }) => subject).sort()).toEqual([...ids].sort());
    expect(troubles).toEqual([]);
  });

  it('[Z-014] facts of tasks that nobody created are bounded', async () => {
    const { tell, log } = await gate();
    await tell(...Array.from({ length: 105 }, () => started('ghost', 'SQL')));
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    expect(log.deadLetters.filter(({ reason }) => reason === 'UNKNOWN_TASK')).toHaveLength(5);
  });
});
