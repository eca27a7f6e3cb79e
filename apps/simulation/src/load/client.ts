/** What people and foreign workers do: they upload with retries, cancel, ask for another scan, look at tasks, and tell facts late. */
import { type Fact, makeFact, partitionOf, SubTaskCompleted, SubTaskFailed, SubTaskStarted, topicSettings } from '@tributary/facts';
import { Problem } from '@tributary/service-kit';
import { type Random } from '../random';
import { tellForeign, type Slot, type World } from '../world/world';
import { isWilling, workerTypes } from './behaviour';
import { loadMs } from '../faults/fault-plan';
import { policies } from './policies';

const patienceMs = 8_000;
const triesMax = 60;

/** A client's view of the gate: some replica answers, or nobody does in time. */
export class Client {
  /** What was accepted: task ids. */
  readonly accepted: string[] = [];
  #under = 0;

  constructor(
    private readonly world: World,
    private readonly random: Random,
  ) {}

  /** Uploads that are still being tried. */
  get busy(): boolean {
    return this.#under > 0;
  }

  schedule(): void {
    const { clock, plan } = this.world;
    const anyTime = Array.from({ length: this.random.between(8, 12) }, () => this.random.between(2_500, loadMs - 5_000));
    // The worst moment: the task is on record, and then nobody is there who could hear of it.
    const lastMoment = plan.outages
      .filter(({ kind }) => ['bus', 'coordinator', 'world'].includes(kind))
      .map(({ at }) => Math.max(0, at - this.random.between(5, 400)));
    for (const [n, at] of [...anyTime, ...lastMoment].entries()) {
      this.#under++;
      clock.after(at, () => {
        void this.#upload(n).finally(() => {
          this.#under--;
        });
      });
    }
  }

  async #upload(n: number): Promise<void> {
    const { random, world } = this;
    const policy = random.pick(policies);
    const bytes = Buffer.from(`PK\u0003\u0004 package ${n}`);
    const fields = { product: random.pick(['shop', 'sales', 'default']), version: String(n), policy: JSON.stringify(policy) };
    const request = { key: `upload-${n}`, bytes, fields };
    for (let attempt = 1; attempt <= triesMax; attempt++) {
      this.#tell('invoke', 'upload', request.key, { attempt });
      const answer = await this.#ask('gateway', ({ replica }) =>
        replica?.uploads?.accept({
          tenant: 'default',
          actor: 'client',
          language: 'en',
          idempotencyKey: request.key,
          fileName: `${n}.zip`,
          bytes: (async function* () {
            yield await Promise.resolve(bytes);
          })(),
          fields: () => Promise.resolve(fields),
        }),
      );
      if (answer.kind === 'ok') {
        const { taskId } = answer.value;
        const willing = workerTypes.filter((type) => isWilling(world.behaviour(taskId, 1, type)));
        this.#tell('ok', 'upload', request.key, { taskId, policy, willing });
        this.accepted.push(taskId);
        this.#afterwards(taskId);
        return;
      }
      this.#tell(answer.kind === 'failed' ? 'fail' : 'info', 'upload', request.key, { because: answer.because });
      await world.clock.sleep(random.between(500, 6_000));
    }
  }

  #afterwards(taskId: string): void {
    const { random, world } = this;
    const later = (lowMs: number, highMs: number, run: () => unknown): void => {
      world.clock.after(random.between(lowMs, highMs), () => {
        run();
      });
    };
    if (random.chance(0.15)) later(0, 100, () => this.#request('cancel', taskId));
    else if (random.chance(0.1)) later(500, 20_000, () => this.#request('cancel', taskId));
    if (random.chance(0.3)) later(5_000, 90_000, () => this.#request('rescan', taskId));
    if (random.chance(0.1)) later(20_000, 100_000, () => this.#request('cancel', taskId));
    for (let n = 0; n < 4; n++) later(0, 60_000, () => this.#look(taskId));
    if (random.chance(0.35)) this.#foreignWorker(taskId);
  }

  async #request(kind: 'cancel' | 'rescan', taskId: string): Promise<void> {
    this.#tell('invoke', kind, taskId, {});
    const asked = { taskId, by: 'client', announced: true };
    const answer = await this.#ask('coordinator', ({ replica }) => {
      const requests = replica?.coordinator?.requests;
      return kind === 'cancel' ? requests?.cancel(asked) : requests?.rescan(asked).then(({ task }) => task);
    });
    if (answer.kind === 'ok') this.#tell('ok', kind, taskId, { revision: answer.value.revision, lastRound: answer.value.lastRound });
    else this.#tell(answer.kind === 'failed' ? 'fail' : 'info', kind, taskId, { because: answer.because });
  }

  /** As the API would answer now. */
  async #look(taskId: string): Promise<void> {
    const found = await this.world.gate.memory.find(taskId);
    if (!found) return;
    const { status, revision, round, verdictHash } = found.task;
    this.#tell('ok', 'poll', taskId, { status, revision, round, ...(verdictHash !== undefined && { verdictHash }) });
  }

  /** A type that nobody knows: in time, late, or its end before its start. */
  #foreignWorker(taskId: string): void {
    const { random, world } = this;
    const source = '/acme/checks';
    const subTaskType = random.pick(['ACME', 'LINT_9']);
    const envelope = (id: string): { id: string; source: string; subject: string; time: string } => ({
      ...{ id, source, subject: taskId },
      time: new Date(world.clock.now()).toISOString(),
    });
    const data = { taskId, round: 1, subTaskType, attempt: 1 };
    const [startedId, endedId] = [random.uuid(world.clock.now()), random.uuid(world.clock.now())];
    const started = (): Fact => makeFact(SubTaskStarted, { ...envelope(startedId), data: { ...data, heartbeatMs: 2_000 } });
    const ended = (): Fact =>
      good
        ? makeFact(SubTaskCompleted, { ...envelope(endedId), data: { ...data, result: 'PASS' } })
        : makeFact(SubTaskFailed, { ...envelope(endedId), data: { ...data, reason: 'lint error' } });
    const good = random.chance(0.6);
    const say = (lowMs: number, highMs: number, fact: () => Fact): void => {
      world.clock.after(random.between(lowMs, highMs), () => {
        tellForeign(world.log, 'scan.facts', partitionOf(taskId, topicSettings['scan.facts'].partitions), fact());
      });
    };
    if (random.chance(0.8)) say(0, random.pick([2_000, 30_000]), started);
    if (random.chance(0.8)) say(0, random.pick([3_000, 100_000]), ended);
  }

  /** Some living replica is asked; whoever does not answer in time is given up. */
  async #ask<R>(service: string, question: (slot: Slot) => Promise<R> | undefined): Promise<Answer<R>> {
    const { world, random } = this;
    const slots = random.shuffled(world.slotsOf(service));
    const slot = slots.find(({ replica }) => replica);
    const asked = slot && question(slot);
    if (!asked) return { kind: 'failed', because: 'connection refused' };
    const patience = world.clock.sleep(patienceMs).then((): Answer<R> => ({ kind: 'unknown', because: 'no answer in time' }));
    const answer = asked.then(
      (value): Answer<R> => ({ kind: 'ok', value }),
      (error: unknown): Answer<R> =>
        error instanceof Problem
          ? { kind: 'failed', because: `${error.status} ${error.code}` }
          : { kind: 'unknown', because: error instanceof Error ? `${error.name} ${error.message}` : String(error) },
    );
    return await Promise.race([answer, patience]);
  }

  #tell(type: 'invoke' | 'ok' | 'fail' | 'info', f: 'upload' | 'cancel' | 'rescan' | 'poll', key: string, value: Readonly<Record<string, unknown>>): void {
    this.world.history.add({ process: 'client', type, f, key, value });
  }
}

type Answer<R> = { readonly kind: 'ok'; readonly value: R } | { readonly kind: 'failed' | 'unknown'; readonly because: string };
