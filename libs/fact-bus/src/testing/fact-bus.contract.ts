/** What every fact bus must do, whatever carries the facts. Each adapter's test calls `aFactBus` with a world of its own. */
import { type Fact, type Topic, topicSettings, partitionOf } from '@tributary/facts';
import { type Delivery, type Exception, type FactBus, type Handler, type Subscriber, type Subscription, type Transaction, UnpublishableFact } from '../port';
import { aFact, aStart, numberOf } from './a-fact';

export interface Effect {
  readonly group: string;
  readonly member: string;
  readonly factId: string;
  readonly key: string;
  readonly number: number;
}

/** One process on the bus: what is in it is lost when it crashes. */
export interface BusProcess<T extends Transaction> {
  readonly bus: FactBus<T>;
  readonly database: { transaction<R>(work: (tx: T) => Promise<R>): Promise<R> };
  /** Writes effect rows inside the transaction. */
  write(tx: T, effects: readonly Effect[]): Promise<void>;
  /** Gone without a word: nothing is given back, nothing under way may commit. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export interface BusWorld<T extends Transaction> {
  start(): Promise<BusProcess<T>>;
  /** All effects in the order in which they were written. */
  effects(): Promise<readonly Effect[]>;
  /** Puts bytes on the bus that no publisher of ours would. */
  poison(topic: Topic, key: string, body: string): Promise<void>;
  deadLetters(): Promise<readonly { readonly id: string; readonly group: string; readonly key: string; readonly reason: string; readonly body: string }[]>;
  /** How long a dead process's share may stay untaken, ms. */
  readonly takeoverMs: number;
  end(): Promise<void>;
}

const topic: Topic = 'scan.facts';
const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

export async function eventually<R>(probe: () => Promise<R | undefined | false>, withinMs = 15_000): Promise<R> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms`);
    await sleep(20);
  }
}

/** `retry` of the world's buses must be quick: 3 tries, some 100 ms apart. */
export function aFactBus<T extends Transaction>(name: string, makeWorld: () => Promise<BusWorld<T>>): void {
  describe(`[Z-011] ${name}`, () => {
    let world: BusWorld<T>;
    let processes: BusProcess<T>[];
    let run = 0;

    beforeEach(async () => {
      world = await makeWorld();
      processes = [];
      run++;
    });
    afterEach(async () => {
      for (const process of processes) await process.close();
      await world.end();
    });

    const start = async (): Promise<BusProcess<T>> => {
      const process = await world.start();
      processes.push(process);
      return process;
    };
    const publish = (process: BusProcess<T>, facts: readonly Fact[]): Promise<void> =>
      process.database.transaction((tx) => {
        process.bus.publish(tx, facts);
        return Promise.resolve();
      });
    /** Writes an effect per fact, then does what `also` says. */
    const recording =
      (process: BusProcess<T>, member: string, group: string, also: (batch: readonly Delivery[]) => Promise<readonly Exception[]> = async () => []): Handler =>
      async (batch, tx) => {
        const exceptions = await also(batch);
        const failed = new Set(exceptions.map(({ delivery }) => delivery.position));
        await process.write(
          tx as T,
          batch.filter(({ position }) => !failed.has(position)).map(({ fact, key }) => ({ group, member, factId: fact.id, key, number: numberOf(fact) })),
        );
        return exceptions;
      };
    const join = async (
      process: BusProcess<T>,
      group: string,
      member: string,
      also?: (batch: readonly Delivery[]) => Promise<readonly Exception[]>,
      more: Partial<Subscription<T>> = {},
    ): Promise<Subscriber> => {
      const subscriber = await process.bus.subscribe({
        group: `${group}-${run}`,
        topics: [topic],
        database: process.database,
        handle: recording(process, member, `${group}-${run}`, also),
        ...more,
      });
      await subscriber.ready();
      return subscriber;
    };
    const effectsOf = async (group: string): Promise<readonly Effect[]> => (await world.effects()).filter((effect) => effect.group === `${group}-${run}`);
    const allHandled = (group: string, count: number, withinMs?: number): Promise<readonly Effect[]> =>
      eventually(async () => {
        const effects = await effectsOf(group);
        return effects.length >= count && effects;
      }, withinMs);
    const expectOrder = (effects: readonly Effect[]): void => {
      const last = new Map<string, number>();
      for (const { key, number } of effects) {
        expect(number).toBeGreaterThan(last.get(key) ?? -1);
        last.set(key, number);
      }
    };
    const facts = (count: number, keys = 7): Fact[] => Array.from({ length: count }, (_, n) => aFact(`task-${n % keys}`, n));
    const keyOf = (partition: number, besides: readonly string[] = []): string => {
      for (let n = 0; ; n++) {
        const key = `key-${n}`;
        if (partitionOf(key, topicSettings[topic].partitions) === partition && !besides.includes(key)) return key;
      }
    };

    it('[E-040 E-017] hands over every fact once, in the order of its key', async () => {
      const process = await start();
      await join(process, 'order', 'a');
      for (let n = 0; n < 5; n++)
        await publish(
          process,
          facts(40).map((fact) => ({ ...fact, data: { ...fact.data, done: Number(fact.data['done']) + n * 40 } })),
        );
      const effects = await allHandled('order', 200);
      expect(effects).toHaveLength(200);
      expectOrder(effects);
    });

    it('[E-004 E-016] every group sees everything, a new one from the earliest fact', async () => {
      const process = await start();
      await publish(process, facts(20));
      await join(process, 'early', 'a');
      await allHandled('early', 20);
      await join(process, 'new', 'a');
      expect(new Set((await allHandled('new', 20)).map(({ factId }) => factId)).size).toBe(20);
    });

    it('publish = commit: an aborted transaction says nothing', async () => {
      const process = await start();
      await join(process, 'abort', 'a');
      const aborted = process.database.transaction(async (tx) => {
        process.bus.publish(tx, [aFact('task-1', 1)]);
        throw new Error('changed my mind');
      });
      await expect(aborted).rejects.toThrow('changed my mind');
      await publish(process, [aFact('task-1', 2)]);
      expect((await allHandled('abort', 1)).map(({ number }) => number)).toEqual([2]);
    });

    it('two members share the work; each fact has one effect', async () => {
      const [one, two] = [await start(), await start()];
      const [first, second] = [await join(one, 'share', 'one'), await join(two, 'share', 'two')];
      await eventually(async () => first.owned().length === 6 && second.owned().length === 6);
      for (let n = 0; n < 4; n++)
        await publish(
          one,
          facts(60, 30).map((fact) => aFact(fact.subject, n * 60 + numberOf(fact))),
        );
      const effects = await allHandled('share', 240);
      expect(new Set(effects.map(({ factId }) => factId)).size).toBe(240);
      expect(new Set(effects.map(({ member }) => member))).toEqual(new Set(['one', 'two']));
      expectOrder(effects);
    });

    it('order and effects survive members that come and go', async () => {
      const one = await start();
      await join(one, 'churn', 'one');
      let next = 0;
      const more = (): Promise<void> =>
        publish(
          one,
          Array.from({ length: 50 }, () => aFact(`task-${next % 20}`, next++)),
        );
      await more();
      const two = await start();
      const leaving = await join(two, 'churn', 'two');
      await more();
      await leaving.stop();
      await more();
      const three = await start();
      await join(three, 'churn', 'three');
      await more();
      const effects = await allHandled('churn', 200);
      expect(effects).toHaveLength(200);
      expectOrder(effects);
    });

    it('[P-002] the share of a crashed member is taken over; what it had not committed is done once', async () => {
      const [one, two] = [await start(), await start()];
      const hang = Promise.withResolvers<readonly Exception[]>();
      await join(one, 'crash', 'one', () => hang.promise);
      await publish(two, facts(50, 25));
      await sleep(100);
      await one.crash();
      hang.resolve([]);
      await join(two, 'crash', 'two');
      const effects = await allHandled('crash', 50, world.takeoverMs + 5_000);
      expect(effects).toHaveLength(50);
      expect(new Set(effects.map(({ member }) => member))).toEqual(new Set(['two']));
      expectOrder(effects);
    });

    it('[I4] a handler that fails after its effects has none; the next try has them once', async () => {
      const process = await start();
      let failures = 0;
      await process.bus.subscribe({
        group: `rollback-${run}`,
        topics: [topic],
        database: process.database,
        handle: async (batch, tx) => {
          await recording(process, 'a', `rollback-${run}`)(batch, tx, { group: '', partition: 0, epoch: 0 });
          if (failures++ === 0) throw new Error('after the effects');
          return [];
        },
      });
      await publish(process, [aFact('task-1', 1), aFact('task-1', 2)]);
      const effects = await allHandled('rollback', 2);
      expect(effects.map(({ number }) => number)).toEqual([1, 2]);
    });

    it('[I3] eight publishers at once, with pauses and aborts: nothing is lost, and a key is in the order of its aggregate', async () => {
      const process = await start();
      await join(process, 'publishers', 'a');
      const locks = new Map<string, Promise<unknown>>();
      const versions = new Map<string, number>();
      let committed = 0;
      /** As an aggregate does: lock its row, take the next version, append, commit. */
      const append = async (key: string, abort: boolean, pauseMs: number): Promise<void> => {
        const turn = (locks.get(key) ?? Promise.resolve()).then(async () => {
          const version = (versions.get(key) ?? 0) + 1;
          await process.database
            .transaction(async (tx) => {
              process.bus.publish(tx, [aFact(key, version)]);
              await sleep(pauseMs);
              if (abort) throw new Error('abort');
            })
            .then(
              () => {
                versions.set(key, version);
                committed++;
              },
              () => undefined,
            );
        });
        locks.set(key, turn);
        await turn;
      };
      await Promise.all(
        Array.from({ length: 8 }, async (_, publisher) => {
          for (let n = 0; n < 25; n++) await append(`task-${(publisher * 7 + n * 3) % 10}`, n % 6 === 5, (publisher * n) % 4);
        }),
      );
      const effects = await allHandled('publishers', committed);
      expect(effects).toHaveLength(committed);
      expectOrder(effects);
    });

    it('[E-018 I9] poison goes to the dead letter as it came, its neighbours go on', async () => {
      const process = await start();
      await join(process, 'poison', 'a');
      const key = keyOf(3);
      const body = '{"specversion":"1.0","type":"SubTaskProgressed","no":';
      await publish(process, [aFact(key, 1)]);
      await world.poison(topic, key, body);
      await publish(process, [aFact(key, 2)]);
      const effects = await allHandled('poison', 2);
      expect(effects.map(({ number }) => number)).toEqual([1, 2]);
      const letters = await eventually(async () => {
        const found = (await world.deadLetters()).filter(({ group }) => group === `poison-${run}`);
        return found.length > 0 && found;
      });
      expect(letters).toMatchObject([{ key, reason: 'MALFORMED', body }]);
    });

    it('a type that nobody here knows is skipped', async () => {
      const process = await start();
      await join(process, 'unknown', 'a');
      const key = keyOf(4);
      await world.poison(topic, key, JSON.stringify({ ...aFact(key, 1), type: 'FromTheFuture' }));
      await publish(process, [aFact(key, 2)]);
      expect((await allHandled('unknown', 1)).map(({ number }) => number)).toEqual([2]);
      expect((await world.deadLetters()).filter(({ group }) => group === `unknown-${run}`)).toEqual([]);
    });

    it('a group that names types is shown no others, is past them all the same, and its next owner sees nothing twice', async () => {
      const [first, next] = [await start(), await start()];
      const [key, types] = [keyOf(10), ['SubTaskStarted']];
      const shown: string[] = [];
      const also = async (batch: readonly Delivery[]): Promise<readonly Exception[]> => {
        shown.push(...batch.map(({ fact }) => fact.type));
        return [];
      };
      const subscriber = await join(first, 'types', 'a', also, { types });
      for (const fact of [aFact(key, 1), aStart(key, 1), aFact(key, 2), aFact(key, 3)]) await publish(first, [fact]);
      const end = await eventually(async () => {
        const ends = await subscriber.ends([10]);
        return subscriber.outboxShipped(10) && ends.get(10);
      });
      await eventually(async () => subscriber.reached(10, end));
      await subscriber.stop();
      await join(next, 'types', 'b', also, { types });
      await publish(next, [aFact(key, 4), aStart(key, 2)]);
      expect((await allHandled('types', 2)).map(({ member }) => member)).toEqual(['a', 'b']);
      expect(shown).toEqual(['SubTaskStarted', 'SubTaskStarted']);
    });

    it('a failing key waits alone, keeps its order, and goes on when it can', async () => {
      const process = await start();
      const failing = keyOf(5);
      const neighbour = keyOf(5, [failing]);
      let broken = true;
      await join(process, 'failing', 'a', async (batch) => {
        if (broken && batch.some(({ key }) => key === failing)) throw new Error('not now');
        return [];
      });
      await publish(process, [aFact(failing, 1), aFact(neighbour, 1), aFact(failing, 2), aFact(neighbour, 2)]);
      const before = await allHandled('failing', 2);
      expect(before.map(({ key }) => key)).toEqual([neighbour, neighbour]);
      broken = false;
      await publish(process, [aFact(failing, 3)]);
      const after = (await allHandled('failing', 5)).filter(({ key }) => key === failing);
      expect(after.map(({ number }) => number)).toEqual([1, 2, 3]);
    });

    it('[E-018 Z-045] after the last try a fact is a dead letter, the rest of its key goes on, and a replay reaches its group alone', async () => {
      const process = await start();
      const [key] = [keyOf(6)];
      let broken = true;
      await join(process, 'giving-up', 'a', async (batch) => {
        if (broken && batch.some(({ fact }) => numberOf(fact) === 1)) throw new Error('never works');
        return [];
      });
      await join(process, 'bystander', 'a');
      await publish(process, [aFact(key, 1), aFact(key, 2)]);
      const effects = await allHandled('giving-up', 1);
      expect(effects.map(({ number }) => number)).toEqual([2]);
      const letter = await eventually(async () => (await world.deadLetters()).find(({ group }) => group === `giving-up-${run}`));
      expect(letter).toMatchObject({ key, reason: 'ATTEMPTS_EXHAUSTED' });
      broken = false;
      expect(await process.database.transaction((tx) => process.bus.replay(tx, letter.id))).toBe(true);
      expect((await allHandled('giving-up', 2)).map(({ number }) => number)).toEqual([2, 1]);
      expect(await process.database.transaction((tx) => process.bus.replay(tx, letter.id))).toBe(false);
      expect((await effectsOf('bystander')).length).toBe(2);
    });

    it('outcomes: later is not counted, never is a dead letter at once', async () => {
      const process = await start();
      const [key, other] = [keyOf(7), keyOf(7, [keyOf(7)])];
      let laters = 0;
      await join(process, 'outcomes', 'a', async (batch) =>
        batch.flatMap((delivery): Exception[] => {
          if (delivery.key === other) return [{ kind: 'never', delivery, code: 'NOT_OURS', because: 'a test says so' }];
          if (numberOf(delivery.fact) !== 1 || laters++ >= 5) return [];
          return [{ kind: 'later', delivery, because: 'not yet', afterMs: 20 }];
        }),
      );
      await publish(process, [aFact(key, 1), aFact(other, 1), aFact(key, 2)]);
      const effects = await allHandled('outcomes', 2);
      expect(effects.map((effect) => [effect.key, effect.number])).toEqual([
        [key, 1],
        [key, 2],
      ]);
      expect(laters).toBeGreaterThanOrEqual(5);
      expect((await world.deadLetters()).filter(({ group }) => group === `outcomes-${run}`)).toMatchObject([{ key: other, reason: 'NOT_OURS' }]);
    });

    it('an oversized fact is refused at publish, and nothing of its transaction happens', async () => {
      const process = await start();
      await join(process, 'oversized', 'a');
      const large = { ...aFact('task-1', 1), data: { ...aFact('task-1', 1).data, padding: 'x'.repeat(300 * 1024) } };
      await expect(publish(process, [aFact('task-1', 0), large])).rejects.toThrow(UnpublishableFact);
      await publish(process, [aFact('task-1', 2)]);
      expect((await allHandled('oversized', 1)).map(({ number }) => number)).toEqual([2]);
    });

    it('[I17] a slow handler gets batches of bounded size, one at a time per shard', async () => {
      const process = await start();
      const key = keyOf(8);
      let under = 0;
      const sizes: number[] = [];
      await join(
        process,
        'slow',
        'a',
        async (batch) => {
          under++;
          expect(under).toBe(1);
          sizes.push(batch.length);
          await sleep(10);
          under--;
          return [];
        },
        { batchMax: 25 },
      );
      await publish(
        process,
        Array.from({ length: 200 }, (_, n) => aFact(key, n)),
      );
      await allHandled('slow', 200);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
    });

    it('[W-027] stop drains: what is under way is finished, and nothing after it', async () => {
      const process = await start();
      let begun = false;
      const subscriber = await join(process, 'stop', 'a', async () => {
        begun = true;
        await sleep(150);
        return [];
      });
      await publish(process, [aFact('task-1', 1)]);
      await eventually(async () => begun);
      await subscriber.stop();
      expect(await effectsOf('stop')).toHaveLength(1);
      await publish(process, [aFact('task-1', 2)]);
      await sleep(200);
      expect(await effectsOf('stop')).toHaveLength(1);
    });

    it('knows where its partitions end, and when it has read so far', async () => {
      const process = await start();
      const subscriber = await join(process, 'ends', 'a');
      const key = keyOf(9);
      await publish(process, [aFact(key, 1), aFact(key, 2)]);
      // A bus with an outbox says when it is shipped; what was published counts from then on.
      const end = await eventually(async () => {
        const ends = await subscriber.ends([9]);
        return subscriber.outboxShipped(9) && ends.get(9);
      });
      expect(end[topic]).toBeGreaterThan(0);
      await eventually(async () => subscriber.reached(9, end));
      expect(await effectsOf('ends')).toHaveLength(2);
      expect(subscriber.reached(9, { [topic]: end[topic]! + 1_000 })).toBe(false);
    });
  });
}
