/** Keeps the read model of dead letters, and tells what people decide about them. */
import { type Delivery, type Exception, type FactBus, type Subscriber } from '@tributary/fact-bus';
import { DeadLetterDiscarded, type FactDeadLettered, makeFact, ReplayRequested } from '@tributary/facts';
import { type Database, type Transaction } from '@tributary/persistence';
import { type Clock, derivedId, instant, notFound, Problem } from '@tributary/service-kit';
import { type DeadLetterItem, type DeadLetterMemory, type Decision } from './dead-letter.memory';

export interface DeadLettersPorts<T extends Transaction> {
  readonly database: Database<T>;
  readonly memory: DeadLetterMemory;
  readonly bus: Pick<FactBus<T>, 'publish' | 'subscribe' | 'replay'>;
  readonly clock: Clock;
}

export interface DecisionRequest {
  readonly tenant: string;
  readonly id: string;
  readonly by: string;
  readonly because?: string | undefined;
  /** W3C, of the request. */
  readonly traceparent?: string | undefined;
}

export class DeadLetters<T extends Transaction> {
  constructor(private readonly ports: DeadLettersPorts<T>) {}

  /** Reads `ops.facts` from its beginning: the read model can be made anew at any time. */
  subscribe(): Promise<Subscriber> {
    const { bus, database } = this.ports;
    return bus.subscribe({ group: 'gateway.dead-letters', topics: ['ops.facts'], database, handle: (batch, tx) => this.remember(batch, tx) });
  }

  async remember(batch: readonly Delivery[], tx: Transaction): Promise<readonly Exception[]> {
    const { memory } = this.ports;
    const buried = batch.filter(({ fact }) => fact.type === 'FactDeadLettered');
    await memory.add(
      tx,
      buried.map(({ fact }) => letterOf(fact as FactDeadLettered)),
    );
    // Its own decisions are remembered already; those of a read model that is made anew are not.
    for (const { fact } of batch) {
      const decision = decisionOf(fact as ReplayRequested | DeadLetterDiscarded | FactDeadLettered);
      if (decision) await memory.decide(tx, decision);
    }
    return [];
  }

  /** Asks the group to take the letter again. Rejects with a `Problem`: 404, or 409 when it was decided before. */
  async replay(request: DecisionRequest): Promise<DeadLetterItem> {
    const { bus } = this.ports;
    return await this.#decide(request, 'replayed', async (tx, letter, envelope) => {
      // Where the group's queue is in reach of this bus it happens at once; every other group hears of it by the fact.
      await bus.replay(tx, letter.id);
      bus.publish(tx, [makeFact(ReplayRequested, { ...envelope, id: derivedId(letter.id, 'ReplayRequested') })]);
    });
  }

  /** Notes that the letter needs no replay. Rejects as `replay` does. */
  async discard(request: DecisionRequest): Promise<DeadLetterItem> {
    return await this.#decide(request, 'discarded', (tx, letter, envelope) => {
      this.ports.bus.publish(tx, [makeFact(DeadLetterDiscarded, { ...envelope, id: derivedId(letter.id, 'DeadLetterDiscarded') })]);
      return Promise.resolve();
    });
  }

  async #decide(
    { tenant, id, by, because, traceparent }: DecisionRequest,
    state: Decision['state'],
    tell: (tx: T, letter: DeadLetterItem, envelope: ReturnType<typeof envelopeOf>) => Promise<void>,
  ): Promise<DeadLetterItem> {
    const { database, memory, clock } = this.ports;
    const now = clock.now();
    const decided = await database.transaction(async (tx) => {
      const letter = await memory.decide(tx, { tenant, id, state, by, because, at: now });
      if (letter) await tell(tx, letter, envelopeOf(letter, { by, because, traceparent, time: instant(now) }));
      return letter;
    });
    if (decided) return decided;
    const known = await memory.find(tenant, id);
    throw known ? alreadyDecided(known) : noSuchLetter(id);
  }
}

interface Told {
  readonly by: string;
  readonly because: string | undefined;
  readonly traceparent: string | undefined;
  readonly time: string;
}

function envelopeOf({ tenant, id, group }: DeadLetterItem, { by, because, traceparent, time }: Told) {
  const data = { deadLetterId: id, group, by, ...(because !== undefined && { reason: because }) };
  return { source: '/tributary/gateway', subject: group, time, tenant, actor: by, causedby: id, traceparent, data };
}

function letterOf({ tenant, data }: FactDeadLettered): Omit<DeadLetterItem, 'state' | 'decided'> {
  const { deadLetterId: id, factType: type, at, group, topic, partition, offset, factId, key, reason, detail } = data;
  return { tenant, id, type, group, topic, partition, offset, factId, key, reason, detail, at: Date.parse(at) };
}

function decisionOf({ type, tenant, time, data }: ReplayRequested | DeadLetterDiscarded | FactDeadLettered): Decision | undefined {
  if (type === 'FactDeadLettered') return undefined;
  const state = { ReplayRequested: 'replayed', DeadLetterDiscarded: 'discarded' } as const;
  if (!Object.hasOwn(state, type)) return undefined;
  return { tenant, id: data.deadLetterId, state: state[type], by: data.by, at: Date.parse(time), because: data.reason };
}

function noSuchLetter(id: string): Problem {
  return notFound({ en: `There is no dead letter ${id.slice(0, 100)}.`, zh: `死信 ${id.slice(0, 100)} 不存在。` });
}

function alreadyDecided({ state, decided }: DeadLetterItem): Problem {
  const detail = {
    en: `The dead letter was ${state} by ${decided?.by ?? 'somebody'}.`,
    zh: `该死信已由 ${decided?.by ?? '他人'}${state === 'replayed' ? '重放' : '丢弃'}。`,
  };
  return new Problem(409, 'ALREADY_DECIDED', detail);
}
