/** What `docs/taking-part.md` promises a team with a worker of its own, tried with a plain Kafka client on the real system. */
import { createHash } from 'node:crypto';
import { type LocalKafka, startLocalKafka } from '@tributary/local-runtime';
import { describeWithLocalKafka } from '@tributary/testing';
import { CompressionTypes } from 'kafkajs';
import { ForeignWorker, type Heard, type Mode } from './testing/foreign-worker';
import { GateClient, quick } from './testing/gate-client';
import { plainPackage, sqlPackage } from './testing/packages';
import { startSystem, type System } from './testing/system';
import { until } from './testing/until';

const finding = {
  ruleId: 'foo-naming',
  severity: 'error',
  message: 'a name that nobody understands',
  location: { path: 'data/notes.txt', range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 7 } },
  fingerprint: 'f'.repeat(64),
};
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

describeWithLocalKafka('a worker that is none of ours, over Kafka', () => {
  let kafka: LocalKafka;
  let system: System;
  let gate: GateClient;
  let foo: ForeignWorker;
  /** Undone in reverse, also when the start broke off in the middle. */
  const started: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    started.push((kafka = await startLocalKafka()));
    started.push((system = await startSystem({ kind: 'cluster', kafka: kafka.bootstrap })));
    gate = new GateClient(system.url);
    started.push((foo = await ForeignWorker.start(kafka.bootstrap, 'foo')));
  }, 300_000);
  afterAll(async () => {
    for (const part of started.toReversed()) await part.stop();
  }, 90_000);

  /** Uploads something that nobody of the house wants, and hears of it. */
  async function invited(policy: object = quick, product?: string): Promise<Heard> {
    const taskId = await gate.upload(plainPackage(), { policy, ...(product !== undefined && { product }) });
    return await foo.hears(taskId, 'MainTaskCreated');
  }

  async function joins(created: Heard, mode: Mode = 'binary', more: object = {}): Promise<string> {
    return await foo.say(created, 'SubTaskStarted', { subTaskType: 'FOO', attempt: 1, ...more }, { mode, causedby: created.id });
  }

  async function succeeds(created: Heard, started: string, mode: Mode = 'binary'): Promise<string> {
    return await foo.say(created, 'SubTaskCompleted', { subTaskType: 'FOO', attempt: 1, result: 'PASS' }, { mode, causedby: started });
  }

  async function participant(taskId: string, type = 'FOO'): Promise<Record<string, unknown> | undefined> {
    return (await gate.task(taskId)).participants.find((one: { type: string }) => one.type === type);
  }

  it.each<[Mode, CompressionTypes | undefined]>([
    ['binary', undefined],
    ['structured', CompressionTypes.GZIP],
  ])(
    '[Z-006 Z-047] starts, progresses, sends a report and fails in %s mode, and a type that nobody has heard of decides the verdict',
    async (mode, compression) => {
      const created = await invited();
      const { taskId } = created.data;
      const say = (type: string, data: object, causedby: string): Promise<string> =>
        foo.say(created, type, { subTaskType: 'FOO', attempt: 1, ...data }, { mode, causedby, ...(compression !== undefined && { compression }) });
      const started = await say('SubTaskStarted', { workerVersion: '1.0', heartbeatMs: 10_000 }, created.id);
      const progressed = await say('SubTaskProgressed', { done: 1, total: 2, unit: 'files' }, started);
      await until('the progress to be seen', async () => (await participant(taskId))?.['progress'] !== undefined);
      expect(await participant(taskId)).toMatchObject({ kind: 'joined', outcome: 'RUNNING', attempt: 1, progress: { done: 1, total: 2, unit: 'files' } });
      const body = `${JSON.stringify(finding)}\n`;
      const put = await gate.call('PUT', `/api/v1/gate/tasks/${taskId}/reports/FOO/1-1`, { body, headers: { 'content-type': 'application/x-ndjson' } });
      expect([put.status, put.body]).toEqual([201, { uri: `${created.data.context.reportPrefix}FOO/1-1.ndjson`, sha256: sha256(body), size: body.length }]);
      const ended = await say('SubTaskFailed', { failureKind: 'QUALITY', reason: 'one bad name', counts: { error: 1 }, report: put.body }, started);
      const task = await gate.verdict(taskId);
      expect(task).toMatchObject({ status: 'FAILED', revision: 1, observedTypes: ['FOO'], window: { closedBy: 'QUIET' } });
      expect(await participant(taskId)).toMatchObject({
        kind: 'joined',
        outcome: 'QUALITY',
        reason: 'one bad name',
        counts: { blocker: 0, error: 1, warning: 0, info: 0 },
      });
      expect(await gate.explanation(taskId)).toMatchObject({ rule: { id: 'ALL_FAILED' }, witness: expect.arrayContaining([ended]), conflicts: [] });
      const findings = await gate.get(`/api/v1/gate/tasks/${taskId}/findings`);
      expect(findings.items).toEqual([{ type: 'FOO', ...finding }]);
      const facts = await gate.facts(taskId);
      const told = facts.filter(({ source }) => source === '/teams/foo').map(({ id, causedby }) => [id, causedby]);
      expect(told).toEqual([
        [started, created.id],
        [progressed, started],
        [ended, started],
      ]);
      // What its Kafka headers said of the trace is the upload's own.
      expect(created.headers['ce_traceparent']).toContain(task.traceId);
    },
  );

  it('declines, and that is information only', async () => {
    const taskId = await gate.upload(sqlPackage(2));
    const created = await foo.hears(taskId, 'MainTaskCreated');
    await foo.say(created, 'SubTaskDeclined', { subTaskType: 'FOO', reasonCode: 'NOTHING_FOR_ME', detail: 'no foo inside' }, { causedby: created.id });
    expect(await gate.verdict(taskId)).toMatchObject({ status: 'SUCCESS', observedTypes: ['SQL'] });
    expect(await participant(taskId)).toMatchObject({ kind: 'declined', reasonCode: 'NOTHING_FOR_ME' });
  });

  it('reads the package and its index through the API', async () => {
    const bytes = sqlPackage(3);
    const taskId = await gate.upload(bytes);
    const { context } = (await foo.hears(taskId, 'MainTaskCreated')).data;
    const answer = await fetch(`${system.url}/api/v1/gate/tasks/${taskId}/package`);
    expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(context.sha256);
    const part = await fetch(`${system.url}/api/v1/gate/tasks/${taskId}/package`, { headers: { range: 'bytes=0-3' } });
    expect([part.status, await part.text()]).toEqual([206, 'PK\u0003\u0004']);
    const index = await until('the index', async (see) => {
      const { status, headers, body } = see(await gate.call('GET', `/api/v1/gate/tasks/${taskId}/index`));
      if (status === 404) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      return status === 200 && body;
    });
    expect(JSON.stringify(index)).toContain('sql/q00002.sql');
  });

  it('is refused with a dead letter when the record cannot be right; its neighbours go on', async () => {
    const created = await invited({ ...quick, participationMs: 8_000 });
    const { taskId } = created.data;
    const elsewhere = (created.partition + 1) % 2;
    const data = { subTaskType: 'FOO', attempt: 1 };
    const wrong = {
      WRONG_PARTITION: await foo.say(created, 'SubTaskStarted', data, { partition: elsewhere }),
      KEY_MISMATCH: await foo.say(created, 'SubTaskStarted', data, { subject: '019a0000-0000-7000-8000-000000000000' }),
      UNKNOWN_VERSION: await foo.say(created, 'SubTaskStarted', data, { dataschema: '/schemas/SubTaskStarted/99' }),
    };
    await foo.send({ key: created.key, partition: created.partition, value: null });
    const batch = { 'content-type': 'application/cloudevents-batch+json' };
    await foo.send({ key: created.key, partition: created.partition, value: '[]', headers: batch });
    // A type that nobody knows is no mistake.
    await foo.say(created, 'SubTaskAdmired', data);
    await succeeds(created, await joins(created));
    expect(await gate.verdict(taskId)).toMatchObject({ status: 'SUCCESS', observedTypes: ['FOO'] });
    for (const [reason, factId] of Object.entries(wrong)) {
      const letter = await until(`the dead letter ${reason}`, async (see) => see(await gate.get(`/api/v1/dead-letters?factId=${factId}`)).items[0]);
      expect(letter).toMatchObject({
        reason,
        topic: 'scan.facts',
        group: 'coordinator',
        type: 'SubTaskStarted',
        partition: reason === 'WRONG_PARTITION' ? elsewhere : created.partition,
      });
    }
    const ours = await until('both letters without an id', async (see) => {
      const { items } = see(await gate.get('/api/v1/dead-letters?topic=scan.facts&limit=500'));
      const found = items.filter(({ key, factId }: { key?: string; factId?: string }) => key === taskId && factId === undefined);
      return found.length >= 2 && found;
    });
    expect(ours.map(({ reason }: { reason: string }) => reason).toSorted()).toEqual(['BATCH', 'NULL_BODY']);
  });

  it('comes late: recorded, and the verdict stands', async () => {
    const created = await invited({ participationMs: 1_000, gapMs: 100, deadlineMs: 60_000 });
    const { taskId } = created.data;
    const before = await gate.verdict(taskId);
    expect(before).toMatchObject({ status: 'FAILED', revision: 1 });
    await succeeds(created, await joins(created));
    await until('both late facts', async (see) => see(await gate.facts(taskId)).filter(({ late }) => late).length === 2);
    expect(await participant(taskId)).toMatchObject({ kind: 'late' });
    expect(await gate.task(taskId)).toMatchObject({ status: 'FAILED', revision: 1, verdictHash: before.verdictHash });
  });

  it('comes late under a policy that amends: a second revision', async () => {
    const created = await invited({ participationMs: 1_000, gapMs: 100, deadlineMs: 60_000, late: 'amend' });
    const { taskId } = created.data;
    expect(await gate.verdict(taskId)).toMatchObject({ status: 'FAILED', revision: 1 });
    const ended = await succeeds(created, await joins(created));
    await until('the amended verdict', async (see) => see(await gate.task(taskId)).status === 'SUCCESS');
    const revisions = (await gate.facts(taskId)).filter(({ type }) => type === 'MainTaskConverged' || type === 'MainTaskReconverged');
    expect(revisions.map(({ type }) => type)).toEqual(['MainTaskConverged', ...revisions.slice(1).map(() => 'MainTaskReconverged')]);
    expect(revisions.at(-1)?.causedby).toBe(ended);
  });

  it('is silent where it was known, and unreachable when it does not keep its promise', async () => {
    const product = 'the-promise';
    const first = await invited(quick, product);
    await succeeds(first, await joins(first));
    await gate.verdict(first.data.taskId);
    const silent = await invited({ participationMs: 1_000, gapMs: 100, deadlineMs: 60_000 }, product);
    await gate.verdict(silent.data.taskId);
    expect(await participant(silent.data.taskId)).toMatchObject({ kind: 'silent' });
    const broken = await invited({ participationMs: 1_000, gapMs: 100, deadlineMs: 9_000 });
    const started = await joins(broken, 'binary', { heartbeatMs: 2_000 });
    const task = await gate.verdict(broken.data.taskId);
    expect(task).toMatchObject({ status: 'PARTIAL_SUCCESS', observedTypes: ['FOO'], window: { closedBy: 'DEADLINE' } });
    expect(await participant(broken.data.taskId)).toMatchObject({ kind: 'unreachable', outcome: 'RUNNING' });
    expect(await gate.explanation(broken.data.taskId)).toMatchObject({ rule: { id: 'DEADLINE_UNFINISHED' }, witness: expect.arrayContaining([started]) });
  });

  it('contradicts itself: the conflict is shown, the failure wins', async () => {
    const created = await invited();
    const { taskId } = created.data;
    const started = await joins(created);
    const passed = await succeeds(created, started);
    const failed = await foo.say(
      created,
      'SubTaskFailed',
      { subTaskType: 'FOO', attempt: 1, failureKind: 'QUALITY', reason: 'or did it' },
      { causedby: started },
    );
    expect(await gate.verdict(taskId)).toMatchObject({ status: 'FAILED' });
    const { conflicts } = await gate.explanation(taskId);
    expect(conflicts).toEqual([expect.objectContaining({ kind: 'OUTCOME', type: 'FOO', attempt: 1, winner: expect.objectContaining({ factId: failed }) })]);
    expect(conflicts[0].factIds.toSorted()).toEqual([passed, failed].toSorted());
  });

  it('takes part when it is started inside the window', async () => {
    const taskId = await gate.upload(plainPackage(), { policy: { participationMs: 12_000, gapMs: 300, deadlineMs: 60_000 } });
    await foo.hears(taskId, 'MainTaskCreated');
    const newcomer = await ForeignWorker.start(kafka.bootstrap, 'newcomer');
    try {
      const created = await newcomer.hears(taskId, 'MainTaskCreated', 10_000);
      const started = await newcomer.say(created, 'SubTaskStarted', { subTaskType: 'NEWCOMER', attempt: 1 }, { causedby: created.id });
      await newcomer.say(created, 'SubTaskCompleted', { subTaskType: 'NEWCOMER', attempt: 1, result: 'WARN', counts: { warning: 3 } }, { causedby: started });
      expect(await gate.verdict(taskId)).toMatchObject({ status: 'SUCCESS', observedTypes: ['NEWCOMER'] });
      // It hears how it ended, like everybody.
      expect((await newcomer.hears(taskId, 'MainTaskConverged')).data).toMatchObject({ status: 'SUCCESS' });
    } finally {
      await newcomer.stop();
    }
  });

  it('keeps uploads coming while the broker is dead, and judges them when it is back', async () => {
    const reader = await ForeignWorker.start(kafka.bootstrap, 'reader', ['gate.facts', 'scan.facts']);
    try {
      const before = await gate.upload(sqlPackage(2));
      await gate.verdict(before);
      await kafka.nodes[0]!.kill();
      const meanwhile: string[] = [];
      for (let n = 0; n < 5; n++) meanwhile.push(await gate.upload(sqlPackage(2 + n)));
      for (const taskId of meanwhile) expect(await gate.task(taskId)).toMatchObject({ status: 'INIT', revision: 0 });
      await kafka.nodes[0]!.start();
      for (const taskId of meanwhile)
        expect(await gate.verdict(taskId, { withinMs: 70_000 })).toMatchObject({ status: 'SUCCESS', observedTypes: ['SQL'], revision: 1 });
      // An independent reader of both topics sees every fact once, in the order of its key.
      for (const taskId of [before, ...meanwhile]) {
        await reader.hears(taskId, 'MainTaskConverged', 20_000);
        await reader.hears(taskId, 'SubTaskCompleted', 20_000);
        const heard = reader.heardOf(taskId);
        const ids = [...new Map(heard.map(({ id, type }) => [id, type])).values()];
        expect(ids.filter((type) => ['ZipUploaded', 'MainTaskCreated', 'WindowClosed', 'MainTaskConverged'].includes(type))).toEqual([
          'ZipUploaded',
          'MainTaskCreated',
          'WindowClosed',
          'MainTaskConverged',
        ]);
        expect(ids.filter((type) => type === 'SubTaskCompleted')).toHaveLength(1);
        expect(new Set(heard.map(({ partition }) => partition)).size).toBe(1);
      }
    } finally {
      await reader.stop();
    }
  });
});
