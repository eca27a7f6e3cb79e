import { InMemoryDatabase } from '@tributary/persistence';
import { systemClock } from '@tributary/fact-bus';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LedgerEntry } from './gate.memory';
import { InMemoryGateMemory } from './in-memory.gate.memory';
import { LedgerSignals } from './ledger-signals';
import { streamFacts } from './stream-facts';
import { anEntry, aTask, aWindow } from './testing/gate.memory.contract';

const closed = { by: 'QUIET' as const, at: '2026-01-01T00:00:00.000Z', cutoff: 1, knownTypes: [], unreachable: [], pausedMs: 0, factId: 'x' };

describe('the stream of facts', () => {
  const database = new InMemoryDatabase();
  let memory: InMemoryGateMemory;
  let signals: LedgerSignals;
  beforeEach(() => {
    memory = new InMemoryGateMemory(() => 0);
    signals = new LedgerSignals({ member: 'a', clock: systemClock, onTrouble: () => undefined });
  });

  const append = (...sequences: number[]): Promise<void> =>
    database.transaction((tx) =>
      memory.append(
        tx,
        sequences.map((sequence) => anEntry('t', sequence, { visible: sequence % 10 !== 0 })),
      ),
    );
  const save = (revision: number, over: boolean): Promise<void> =>
    database.transaction((tx) => memory.save(tx, [aTask('t', { revision })], [aWindow('t', over ? { closed } : {})]));
  const stream = (options: Partial<Parameters<typeof streamFacts>[1]> = {}): AsyncGenerator<LedgerEntry | undefined> =>
    streamFacts({ memory, signals }, { taskId: 't', after: 0, follow: false, idleMs: 10_000, signal: new AbortController().signal, ...options });
  const all = async (options: Partial<Parameters<typeof streamFacts>[1]> = {}): Promise<(number | undefined)[]> => {
    const found: (number | undefined)[] = [];
    for await (const entry of stream(options)) found.push(entry?.sequence);
    return found;
  };

  it('tells what is there, then what comes, and ends after the verdict', async () => {
    await append(1, 2);
    await save(0, false);
    const found = all();
    for (const n of [3, 4]) {
      await sleep(5);
      await append(n);
      signals.grown(['t']);
    }
    await sleep(5);
    await database.transaction(async (tx) => {
      await memory.append(tx, [anEntry('t', 5)]);
      await memory.save(tx, [aTask('t', { revision: 1 })], [aWindow('t', { closed })]);
    });
    signals.grown(['t']);
    expect(await found).toEqual([1, 2, 3, 4, 5]);
  });

  it('goes on from any position, over more than a page, and leaves out what is not shown', async () => {
    const sequences = Array.from({ length: 605 }, (_, n) => n + 1);
    await append(...sequences);
    await save(1, true);
    const shown = sequences.filter((n) => n % 10 !== 0);
    expect(await all()).toEqual(shown);
    for (const after of [1, 199, 200, 201, 400, 604, 605, 9_999]) expect(await all({ after })).toEqual(shown.filter((n) => n > after));
  });

  it('begins before the task is known, and waits through a rescan that is open', async () => {
    const found = all();
    await sleep(5);
    await append(1);
    await save(1, false);
    signals.grown(['t']);
    await sleep(5);
    await append(2);
    await save(1, true);
    signals.grown(['t']);
    expect(await found).toEqual([1, 2]);
  });

  it('stays when it is to follow, until it is aborted', async () => {
    await append(1);
    await save(1, true);
    const reader = new AbortController();
    const found = all({ follow: true, signal: reader.signal });
    await sleep(10);
    await append(2);
    signals.grown(['t']);
    await sleep(10);
    reader.abort();
    expect(await found).toEqual([1, 2]);
    expect(await all({ signal: AbortSignal.abort() })).toEqual([]);
  });

  it('says that it still lives while nothing comes, and finds by itself what no signal told of', async () => {
    const reader = new AbortController();
    const found = all({ idleMs: 20, signal: reader.signal });
    await sleep(70);
    await append(1);
    await sleep(50);
    reader.abort();
    const [silent, told] = [(await found).filter((n) => n === undefined), (await found).filter((n) => n !== undefined)];
    expect(silent.length).toBeGreaterThanOrEqual(3);
    expect(told).toEqual([1]);
  });

  it('asks for no more than its reader takes', async () => {
    await append(...Array.from({ length: 450 }, (_, n) => n + 1));
    await save(0, false);
    const asked: number[] = [];
    const facts = memory.facts.bind(memory);
    memory.facts = (taskId, after, limit) => {
      asked.push(after);
      return facts(taskId, after, limit);
    };
    const reading = stream();
    for (let n = 0; n < 150; n++) await reading.next();
    await sleep(10);
    expect(asked).toEqual([0]);
    await reading.return(undefined);
  });

  it('leaves nothing behind when its reader goes', async () => {
    await append(1);
    const reading = stream();
    await reading.next();
    await reading.return(undefined);
    const listen = jest.fn();
    signals.listen('t', listen)();
    signals.grown(['t']);
    expect(listen).not.toHaveBeenCalled();
  });
});
