/** What somebody who watches a task sees at each moment. */
import { type Participant, type Task } from '@tributary/http-api';
import { type Invocation } from '../invocation';
import { textIn } from '../texts';
import { type World } from '../world';
import { barOf, lanes, waitText } from './lanes';
import { LiveView } from './view';

const openedMs = Date.parse('2026-01-01T00:00:00.000Z');
const at = (ms: number): string => new Date(openedMs + ms).toISOString();
const speaker = { language: 'en' as const, text: (key: Parameters<typeof textIn>[1], values?: Parameters<typeof textIn>[2]) => textIn('en', key, values) };
const plainly = (_: unknown, text: string): string => text;

function task(participants: readonly Participant[], more: object = {}): Task {
  const window = {
    participationMs: 10_000,
    gapMs: 2_000,
    deadlineMs: 60_000,
    graceMs: 0,
    openedAt: at(0),
    participationEndsAt: at(10_000),
    deadlineAt: at(60_000),
    pausedMs: 0,
  };
  const names = { taskId: 't', product: 'retail', version: '2.3.1', package: { fileName: 'a.zip', size: 1, sha256: '0' } };
  return {
    ...names,
    status: 'RUNNING',
    revision: 0,
    createdAt: at(0),
    lastFactAt: at(0),
    round: 1,
    observedTypes: [],
    participants: [...participants],
    window,
    ...more,
  };
}

const sql: Participant = { type: 'SQL', kind: 'joined', outcome: 'RUNNING', attempt: 1, progress: { done: 30, total: 120, unit: 'files' } };
const excel: Participant = { type: 'EXCEL', kind: 'joined', outcome: 'PASS', attempt: 2, counts: { blocker: 0, error: 0, warning: 0, info: 0 } };
const wedata: Participant = { type: 'WEDATA', kind: 'declined', reasonCode: 'NO_WEDATA_DEFINITIONS' };

describe('lanes', () => {
  it('stand in the order in which the participants came forward, each with where it is', () => {
    const drawn = lanes({ task: task([excel, sql, wedata]), order: ['SQL', 'WEDATA', 'EXCEL'], nowMs: openedMs + 1_000, columns: 100 }, speaker, plainly);
    expect(drawn).toEqual([
      '▶ Running  retail 2.3.1',
      '  ▶ SQL     █████░░░░░░░░░░░░░░░ scanning · 30 / 120 files',
      '  – WEDATA  declined · no WeData definitions in the package',
      '  ✔ EXCEL   passed · attempt 2 · no findings',
      '  waiting for SQL; the window closes in 59 s at the latest',
    ]);
  });

  it.each([
    [[sql], 1_000, 'waiting for SQL; the window closes in 59 s at the latest'],
    [[excel], 3_500, 'anybody may come forward for another 7 s'],
    [[], 0, 'anybody may come forward for another 10 s'],
    [[excel], 11_000, 'all are through; the window closes after 2 s of quiet'],
  ])('%j after %d ms', (participants, ms, sentence) => {
    expect(waitText(task(participants), openedMs + ms, speaker)).toBe(sentence);
  });

  it('a clock that stood still is told, and a round that runs again is the one that is shown', () => {
    const { window } = task([]);
    const second = task([excel], { openRound: { round: 2, participants: [sql], window: { ...window, pausedMs: 4_000 } } });
    expect(waitText(second, openedMs, speaker)).toBe('waiting for SQL; the window closes in 1 min at the latest; the clock of the window stood still for 4 s');
  });

  it('no line is wider than the terminal', () => {
    const long = { ...sql, type: 'A'.repeat(20), progress: { done: 1, total: 2, unit: '文件'.repeat(40) } };
    const drawn = lanes({ task: task([long]), order: [], nowMs: openedMs, columns: 60, notLive: 'x'.repeat(200) }, speaker, plainly);
    expect(drawn.slice(1).filter((line) => line.length > 60)).toEqual([]);
  });

  it.each([
    [0, '░'.repeat(20)],
    [0.5, `${'█'.repeat(10)}${'░'.repeat(10)}`],
    [1, '█'.repeat(20)],
    [7, '█'.repeat(20)],
    [Number.NaN, '░'.repeat(20)],
  ])('a bar of %d', (share, bar) => {
    expect(barOf(share)).toBe(bar);
  });
});

describe('the live view', () => {
  it('draws when something has changed, says when it is not live, and lets its countdown stand still meanwhile', () => {
    let nowMs = openedMs;
    let tick: () => void = () => undefined;
    const drawn: string[] = [];
    const draw = Object.assign((text: string) => void drawn.push(text), { clear: () => void drawn.push('cleared'), done: () => undefined });
    const world = {
      now: () => nowMs,
      stderr: { columns: 100 },
      pace: { after: (_: number, callback: () => void) => ((tick = callback), () => undefined) },
    } as unknown as World;
    const view = new LiveView({ world, aside: plainly, ...speaker } as unknown as Invocation, draw, task([excel]));
    tick();
    expect(drawn).toHaveLength(1);
    nowMs += 4_000;
    tick();
    expect(drawn.at(-1)).toContain('another 6 s');
    view.connection('reconnecting', 2, new Error('lost'));
    nowMs += 30_000;
    tick();
    expect(drawn.at(-1)).toMatch(/another 6 s\n {2}not live: lost; attempt 2$/);
    view.connection('live', 2, undefined);
    expect(drawn.at(-1)).toContain('all are through');
    view.end();
    expect(drawn.at(-1)).toBe('cleared');
  });
});
