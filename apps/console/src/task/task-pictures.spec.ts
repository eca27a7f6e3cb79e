import { type Participant, type Task } from '@tributary/http-api';
import { lanesOf } from './lanes';
import { roundsOf, windowOf } from './rounds';
import { timeScale } from './time-scale';
import { type PlacedFact } from './told';
import { gapEndsAt, waitsOf } from './waiting';

const start = Date.parse('2026-01-01T00:00:00.000Z');
const instant = (ms: number): string => new Date(start + ms).toISOString();
let ids = 0;
const fact = (type: string, ms: number, data: object, late = false): PlacedFact => ({
  position: String(++ids),
  fact: { specversion: '1.0', id: String(ids), type, source: '/x', subject: 't', time: instant(ms), data: { ...data }, ...(late && { late }) },
});
const sub = (type: string, ms: number, subTaskType: string, data: object = {}, late = false) =>
  fact(`SubTask${type}`, ms, { subTaskType, round: 1, ...data }, late);

const window = {
  ...{ participationMs: 10_000, gapMs: 2_000, deadlineMs: 1_800_000, graceMs: 0, pausedMs: 0 },
  ...{ openedAt: instant(0), participationEndsAt: instant(10_000), deadlineAt: instant(1_800_000) },
};
const shown = windowOf(window);

describe('lanes', () => {
  it('stand in the order in which somebody came forward, the silent last', () => {
    const facts = [
      sub('Declined', 100, 'WEDATA', { reasonCode: 'NO_TASKS' }),
      sub('Started', 200, 'SQL'),
      sub('Started', 300, 'EXCEL'),
      sub('Completed', 900, 'SQL', { result: 'PASS' }),
    ];
    const participants: Participant[] = [
      { type: 'EXCEL', kind: 'joined', outcome: 'RUNNING' },
      { type: 'PACKAGE', kind: 'silent' },
      { type: 'SQL', kind: 'joined', outcome: 'PASS' },
      { type: 'WEDATA', kind: 'declined', reasonCode: 'NO_TASKS' },
    ];
    const lanes = lanesOf(facts, participants, 1);
    expect(lanes.map(({ type, state }) => [type, state])).toEqual([
      ['WEDATA', 'declined'],
      ['SQL', 'PASS'],
      ['EXCEL', 'RUNNING'],
      ['PACKAGE', 'silent'],
    ]);
    expect(lanes[1]).toMatchObject({ startedAt: start + 200, endedAt: start + 900 });
    expect(lanes[0]).not.toHaveProperty('startedAt');
  });

  it('are told by the facts until the task tells them', () => {
    const facts = [
      sub('Started', 1, 'A'),
      sub('Progressed', 2, 'A', { done: 3, total: 9, unit: 'files' }),
      sub('Declined', 3, 'B', { reasonCode: 'R' }),
      sub('Failed', 4, 'C', { reason: 'bad' }),
      sub('Completed', 5, 'D', { result: 'WARN' }, true),
    ];
    expect(lanesOf(facts, [], 1)).toMatchObject([
      { type: 'A', state: 'RUNNING', progress: { done: 3, total: 9, unit: 'files' } },
      { type: 'B', state: 'declined', reasonCode: 'R' },
      { type: 'C', state: 'QUALITY', reason: 'bad' },
      { type: 'D', kind: 'late', state: 'late' },
    ]);
    expect(lanesOf(facts, [], 2)).toEqual([]);
  });
});

describe('the time of a window', () => {
  it('shows participation whole, and a far deadline beyond the end', () => {
    const scale = timeScale(shown, start + 500);
    expect(scale.at(start)).toBe(0);
    expect(scale.at(start + 10_000)).toBeGreaterThan(90);
    expect([scale.deadlineBeyond, scale.at(start + 1_800_000)]).toEqual([true, 100]);
    expect(scale.ticks.length).toBeLessThanOrEqual(9);
  });

  it('shows a near deadline', () => {
    const near = { ...shown, deadlineAt: start + 12_000 };
    const scale = timeScale(near, start + 500);
    expect([scale.deadlineBeyond, scale.at(start + 12_000) < 100]).toEqual([false, true]);
  });

  it('is not pressed together by a fact that came a day late', () => {
    const closed = { ...shown, closedAt: start + 12_000 };
    expect(timeScale(closed, start + 9e8, [start + 86_400_000]).to).toBeLessThan(start + 14_000);
    expect(timeScale(closed, start + 9e8, [start + 20_000]).to).toBeGreaterThan(start + 20_000);
  });
});

describe('what a window waits for', () => {
  const lanes = (...facts: PlacedFact[]) => lanesOf(facts, [], 1);

  it('that it opens', () => {
    expect(waitsOf(windowOf({ participationMs: 1, gapMs: 1, deadlineMs: 1, pausedMs: 0 }), [], start)).toEqual([{ code: 'opening' }]);
  });

  it('that somebody comes forward, and that those who did end', () => {
    const running = lanes(sub('Started', 1_000, 'SQL'));
    expect(waitsOf(shown, running, start + 4_000)).toEqual([
      { code: 'participation', leftMs: 6_000 },
      { code: 'unfinished', types: ['SQL'], leftMs: 1_796_000 },
    ]);
  });

  it('that it stays quiet; refusals and heartbeats do not disturb', () => {
    const done = lanes(sub('Started', 1_000, 'SQL'), sub('Completed', 11_000, 'SQL', { result: 'PASS' }), sub('Declined', 12_500, 'X'));
    expect(gapEndsAt(shown, done)).toBe(start + 13_000);
    expect(waitsOf(shown, done, start + 12_000)).toEqual([{ code: 'gap', leftMs: 1_000 }]);
    expect(waitsOf(shown, done, start + 13_001)).toEqual([{ code: 'closing' }]);
  });
});

describe('rounds', () => {
  const task = { round: 3, window: { ...window, closedAt: instant(12_000), closedBy: 'QUIET' }, participants: [], openRound: undefined } as unknown as Task;

  it('of the past are told by the ledger', () => {
    const facts = [
      fact('WindowClosed', 11_000, { round: 1, openedAt: instant(0), closedAt: instant(11_000), closedBy: 'DEADLINE', pausedMs: 500 }),
      fact('RescanRequested', 20_000, { round: 2 }),
      fact('RescanRequested', 30_000, { round: 3 }),
    ];
    const rounds = roundsOf(task, facts);
    expect(rounds.map(({ round }) => round)).toEqual([1, 2, 3]);
    expect(rounds[0]?.window).toMatchObject({ openedAt: start, closedAt: start + 11_000, closedBy: 'DEADLINE', participationEndsAt: start + 10_500 });
    expect(rounds[1]?.window).not.toHaveProperty('openedAt');
    expect(rounds[2]?.window.closedBy).toBe('QUIET');
  });

  it('that run stand beside the one that was judged', () => {
    const running = { ...task, round: 1, openRound: { round: 2, participants: [], window } } as unknown as Task;
    expect(roundsOf(running, []).map(({ round, window: { closedAt } }) => [round, closedAt !== undefined])).toEqual([
      [1, true],
      [2, false],
    ]);
  });
});
