import { type HistoryEvent } from '../history';
import { simulate } from '../simulate';
import { check } from './check';
import { read } from './reading';

jest.setTimeout(60_000);

/** Each test breaks a history that is sound in one way, and names what must be found. */
describe('the checker', () => {
  let sound: readonly HistoryEvent[];
  beforeAll(async () => {
    sound = (await simulate(100)).events;
  });

  const errorsIn = (events: readonly HistoryEvent[]): string[] => check(read(events)).findings.map(({ error }) => error);
  const isFact = (type: string) => (event: HistoryEvent) => event.f === 'fact' && event.value['type'] === type;
  const first = (holds: (event: HistoryEvent) => boolean): HistoryEvent => sound.find(holds)!;
  const replaced = (of: HistoryEvent, ...by: HistoryEvent[]): HistoryEvent[] => sound.flatMap((event) => (event === of ? by : [event]));
  const changed = (event: HistoryEvent, value: object): HistoryEvent => ({ ...event, value: { ...event.value, ...value } });
  const withData = (event: HistoryEvent, data: object): HistoryEvent => changed(event, { data: { ...(event.value['data'] as object), ...data } });
  const ledgerWith = (holds: (books: any) => boolean): HistoryEvent => first((event) => event.f === 'ledger' && holds(event.value));
  const hasLate = (books: any): boolean => books.entries.some(({ late, type }: any) => late && type.startsWith('SubTask'));

  it('has nothing to say about a sound history', () => {
    expect(check(read(sound)).findings).toEqual([]);
  });

  it('[I1] misses a verdict that was never told', () => {
    const { key } = first(isFact('MainTaskConverged'));
    expect(errorsIn(sound.filter((event) => !(event.key === key && isFact('MainTaskConverged')(event))))).toContain('stuck');
  });

  it('[I1] misses an upload that was accepted and forgotten', () => {
    const { key } = first(isFact('ZipUploaded'));
    expect(errorsIn(sound.filter((event) => !(event.key === key && event.f === 'fact')))).toContain('lost');
  });

  it('[I1] sees a task settled twice', () => {
    const verdict = first(isFact('MainTaskConverged'));
    expect(errorsIn([...replaced(verdict, verdict, withData(verdict, { verdictHash: '0'.repeat(64) }))])).toContain('conflicting-verdict');
    expect(errorsIn([...replaced(verdict, verdict, changed(verdict, { id: 'another' }))])).toContain('conflicting-verdict');
  });

  it('[I2] sees a verdict that its facts do not give, even when everybody tells it alike', () => {
    const books = ledgerWith(({ verdicts }) => verdicts[0]?.status === 'FAILED');
    const verdicts = (books.value['verdicts'] as any[]).map((verdict) => ({
      ...verdict,
      status: 'SUCCESS',
      canonical: verdict.canonical.replace('"status":"FAILED"', '"status":"SUCCESS"'),
    }));
    expect(errorsIn(replaced(books, changed(books, { verdicts })))).toContain('wrong-verdict');
  });

  it('[I2] sees a verdict over other facts than the ledger holds', () => {
    const books = ledgerWith(({ verdicts }) => verdicts[0]?.recorded.length > 2);
    const [verdict, ...rest] = books.value['verdicts'] as any[];
    expect(errorsIn(replaced(books, changed(books, { verdicts: [{ ...verdict, recorded: verdict.recorded.slice(1) }, ...rest] })))).toContain('wrong-verdict');
  });

  it('[I3] misses a fact that is in no ledger', () => {
    const end = first((event) => isFact('SubTaskStarted')(event));
    const books = ledgerWith((value) => value.entries.some(({ id }: any) => id === end.value['id']));
    const without = (marks: any): any => marks.filter(({ id }: any) => id !== end.value['id']);
    const windows = (books.value['windows'] as any[]).map((window) => ({ ...window, recorded: without(window.recorded) }));
    const found = errorsIn(replaced(books, changed(books, { windows, entries: without(books.value['entries']) })));
    expect(found.some((error) => error === 'lost' || error === 'late-unrecorded')).toBe(true);
  });

  it('[I3] misses what a process has committed and the log does not hold', () => {
    const commit = first(({ f, type }) => f === 'commit' && type === 'ok');
    expect(errorsIn([...sound, { ...commit, value: { factIds: ['never told'] } }])).toContain('lost');
  });

  it('[I4] sees a run of a worker end twice', () => {
    const end = first((event) => isFact('SubTaskCompleted')(event) && event.process.startsWith('/tributary/'));
    expect(errorsIn([...replaced(end, end, changed(withData(end, { attempt: 9 }), { id: 'again' }))])).toEqual(
      expect.arrayContaining(['duplicate-effect', 'phantom-effect']),
    );
  });

  it('[I5] sees a window that is open in the end, and one that closed too late', () => {
    const books = ledgerWith(({ windows }) => windows.length > 0);
    const windows = (books.value['windows'] as any[]).map((window) => ({ ...window, closed: false }));
    expect(errorsIn(replaced(books, changed(books, { windows })))).toContain('stuck');
    const close = first(isFact('WindowClosed'));
    expect(errorsIn(replaced(close, withData(close, { closedAt: '2026-02-01T00:00:00.000Z' })))).toContain('late-close');
  });

  it('[I6] sees what came late and is not marked, or not there, or there twice', () => {
    const books = ledgerWith(hasLate);
    const entries = books.value['entries'] as any[];
    expect(errorsIn(replaced(books, changed(books, { entries: entries.map((entry) => ({ ...entry, late: false })) })))).toContain('late-unrecorded');
    expect(errorsIn(replaced(books, changed(books, { entries: [...entries, entries[0]] })))).toContain('recorded-twice');
  });

  it('[I6] sees a verdict that changed without a revision', () => {
    const books = ledgerWith(({ task }) => task?.status === 'FAILED');
    expect(errorsIn(replaced(books, changed(books, { task: { ...(books.value['task'] as object), status: 'SUCCESS' } })))).toContain('silent-revision');
    const poll = first(({ f, value }) => f === 'poll' && Number(value['revision']) > 0);
    expect(errorsIn(replaced(poll, changed(poll, { verdictHash: '0'.repeat(64) })))).toContain('silent-revision');
  });

  it('[I7] sees steps that no task may take', () => {
    const close = first((event) => isFact('WindowClosed')(event) && (event.value['data'] as any).round === 1);
    const without = sound.filter((event) => !(event.key === close.key && isFact('WindowClosed')(event)));
    expect(errorsIn(without)).toContain('illegal-transition');
    const poll = first(({ f, value }) => f === 'poll' && Number(value['revision']) > 0);
    expect(errorsIn(replaced(poll, poll, changed(poll, { status: 'RUNNING', revision: 0 })))).toEqual(
      expect.arrayContaining(['illegal-transition', 'nonmonotonic']),
    );
  });

  it('[C-10] sees a cancel that nobody heeded', () => {
    const close = first((event) => isFact('WindowClosed')(event) && (event.value['data'] as any).closedBy === 'CANCELLED');
    expect(
      errorsIn(sound.map((event) => (event.key === close.key && isFact('WindowClosed')(event) ? withData(event, { closedBy: 'QUIET' }) : event))),
    ).toContain('cancel-ignored');
  });

  it('sees a willing worker that was judged as absent', () => {
    const held = sound.filter(({ f, type }) => f === 'upload' && type === 'ok').map((upload) => changed(upload, { willing: ['NOBODY_AT_ALL'] }));
    expect(
      errorsIn(sound.map((event) => held.find(({ t, key }) => event.f === 'upload' && event.type === 'ok' && event.t === t && event.key === key) ?? event)),
    ).toContain('unheard');
  });

  it('does not believe a history in which nothing happened', () => {
    expect(errorsIn(sound.filter(({ f }) => f !== 'upload'))).toContain('vacuous');
    expect(errorsIn(sound.filter(({ f }) => f !== 'fault'))).toContain('vacuous');
  });
});
