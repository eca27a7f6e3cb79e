import { breachesOf } from './breaches';
import { type Told } from './told';

const [created, started, progressed, completed] = ['created', 'started', 'progressed', 'completed'].map((name, n) => `${name}-${n}`) as [
  string,
  string,
  string,
  string,
];
const trace = (id: string): string => `00-${id.repeat(32)}-${'1'.repeat(16)}-01`;
const at = (second: number): string => `2026-11-01T10:00:${second.toFixed(3).padStart(6, '0')}Z`;

function opening(round = 1, id = created): Told {
  return {
    id,
    type: round === 1 ? 'MainTaskCreated' : 'RescanRequested',
    source: '/tributary/coordinator',
    time: at(0),
    traceparent: trace('a'),
    data: { round },
  };
}

function told(id: string, type: string, second: number, causedby: string, data: Readonly<Record<string, unknown>> = {}): Told {
  return { id, type, source: '/teams/foo', time: at(second), causedby, data: { subTaskType: 'FOO', round: 1, attempt: 1, ...data } };
}

/** As the page asks for. */
const good: readonly Told[] = [
  opening(),
  told(started, 'SubTaskStarted', 1, created, { heartbeatMs: 4_000 }),
  told(progressed, 'SubTaskProgressed', 3, started, { done: 1, total: 2, unit: 'files' }),
  told(completed, 'SubTaskCompleted', 5, started, { result: 'PASS', report: { uri: 'store:t/reports/FOO/1-1.ndjson' } }),
];

const check = (facts: readonly Told[], settled = true): readonly (readonly [string, string | undefined])[] =>
  breachesOf({ subTaskType: 'FOO', facts, settled }).map(({ code, factId }) => [code, factId]);

/** The facts with one of them changed. */
const with1 = (id: string, change: Partial<Told>, data: Readonly<Record<string, unknown>> = {}): readonly Told[] =>
  good.map((fact) => (fact.id === id ? { ...fact, ...change, data: { ...fact.data, ...data } } : fact));

describe('[Z-018] what a worker has told, of whatever language', () => {
  it('is in order as the page asks for', () => {
    expect(check(good)).toEqual([]);
  });

  it('is in order with another attempt of another replica, another round, and no cause at all', () => {
    const takenOver = [
      ...good.slice(0, 3),
      told('s2', 'SubTaskStarted', 5, created, { attempt: 2 }),
      told('c2', 'SubTaskFailed', 6, 's2', { attempt: 2, failureKind: 'QUALITY', reason: 'bad' }),
    ];
    const again = [...good, opening(2, 'rescan'), told('d', 'SubTaskDeclined', 20, 'rescan', { round: 2, reasonCode: 'NOT_NOW' })];
    for (const facts of [takenOver, again, good.map(({ causedby: _, ...fact }) => fact)]) expect(check(facts)).toEqual([]);
  });

  it('has the trace of the round that it belongs to', () => {
    const rescan = { ...opening(2, 'rescan'), traceparent: trace('c') };
    const second = { ...told('s2', 'SubTaskDeclined', 20, 'rescan', { round: 2, reasonCode: 'NOT_NOW' }), traceparent: trace('c') };
    expect(check([...good, rescan, second])).toEqual([]);
    expect(check([...good, rescan, { ...second, traceparent: trace('a') }])).toEqual([['TRACE_LOST', 's2']]);
  });

  it('is nothing: whoever is not concerned need not say so', () => {
    expect(check([opening()])).toEqual([]);
  });

  it('is not held against the others', () => {
    const other = { ...told('other', 'SubTaskCompleted', 2, 'nobody'), data: { subTaskType: 'BAR', round: 1, attempt: 7 } };
    expect(check([...good, other])).toEqual([]);
  });

  it('owes an end only once the task is judged', () => {
    expect(check(good.slice(0, 3), false)).toEqual([]);
    expect(check(good.slice(0, 3))).toEqual([['NOT_ENDED', started]]);
  });

  it.each<readonly [string, readonly Told[], readonly (readonly [string, string])[]]>([
    ['another source', with1(completed, { source: '/teams/foo/replica-2' }), [['SOURCE_VARIES', completed]]],
    ['another trace', with1(started, { traceparent: trace('b') }), [['TRACE_LOST', started]]],
    ['a start caused by something else', with1(started, { causedby: 'x' }), [['WRONG_CAUSE', started]]],
    ['an end caused by the opening', with1(completed, { causedby: created }), [['WRONG_CAUSE', completed]]],
    ['no start', good.filter(({ id }) => id !== started), [['NOT_STARTED', progressed]]],
    ['a second end', [...good, told('again', 'SubTaskFailed', 6, started)], [['ENDED_TWICE', 'again']]],
    [
      'an attempt left out',
      good.map((fact) => (fact.id === created ? fact : { ...fact, data: { ...fact.data, attempt: 2, report: undefined } })),
      [['ATTEMPT_SKIPPED', started]],
    ],
    ['a decline beside a start', [...good, told('no', 'SubTaskDeclined', 6, created)], [['DECLINED_TOO', 'no']]],
    ['more done than there is', with1(progressed, {}, { done: 3 }), [['PROGRESS_BACK', progressed]]],
    [
      'less done than before, and too soon',
      [...good.slice(0, 3), told('p2', 'SubTaskProgressed', 3.5, started, { done: 0, total: 2, unit: 'files' }), ...good.slice(3)],
      [
        ['PROGRESS_BACK', 'p2'],
        ['PROGRESS_TOO_OFTEN', 'p2'],
      ],
    ],
    ['silence longer than promised', with1(completed, { time: at(10) }), [['HEARTBEAT_MISSED', completed]]],
    ['a report somewhere else', with1(completed, {}, { report: { uri: 'store:t/reports/FOO/1-2.ndjson' } }), [['REPORT_ELSEWHERE', completed]]],
  ])('names %s', (_, facts, expected) => {
    expect(check(facts)).toEqual(expected);
    for (const { says } of breachesOf({ subTaskType: 'FOO', facts, settled: true }))
      expect([says.en, says.zh]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\p{sc=Han}/u)]);
  });
});
