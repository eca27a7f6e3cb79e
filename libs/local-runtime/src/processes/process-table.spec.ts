import { crashesInRow, inStages, restartPauseMs, type ProcessState } from './process-spec';
import { formatChange, formatTable } from './process-table';
import { processView } from './terminal-view';

const gateway: ProcessState = { name: 'gateway', phase: 'ready', pid: 4711, ended: undefined, restarts: 0, readyAfterMs: 1234, logFile: 'logs/gateway.log' };
const worker: ProcessState = {
  ...gateway,
  name: 'sql-worker',
  phase: 'crashed',
  pid: undefined,
  ended: 'exit 1',
  restarts: 2,
  readyAfterMs: undefined,
  logFile: 'logs/sql.log',
};

describe('the table of processes', () => {
  it('lines up name, pid, state, readiness and log', () => {
    expect(formatTable([gateway, worker], 100)).toEqual([
      'name        pid   state                               ready  log',
      'gateway     4711  ready                               1.2 s  logs/gateway.log',
      'sql-worker  -     crashed: exit 1 (started again 2x)  -      logs/sql.log',
    ]);
  });

  it('never draws a line longer than the terminal', () => {
    for (const width of [1, 10, 40]) {
      for (const line of formatTable([gateway, worker], width)) expect(line.length).toBeLessThanOrEqual(width);
    }
  });
});

describe('a line per change', () => {
  it('says what changed, and nothing when nothing did', () => {
    expect(formatChange(undefined, { ...gateway, phase: 'starting' })).toBe('gateway: starting, pid 4711, log logs/gateway.log');
    expect(formatChange({ ...gateway, phase: 'starting' }, gateway)).toBe('gateway: ready after 1.2 s, pid 4711');
    expect(formatChange(gateway, gateway)).toBeUndefined();
    expect(formatChange(gateway, { ...gateway, phase: 'crashed', pid: undefined, ended: 'SIGKILL' })).toBe('gateway: crashed, SIGKILL, log logs/gateway.log');
    expect(formatChange(undefined, { ...gateway, phase: 'waiting', pid: undefined })).toBeUndefined();
    expect(formatChange(gateway, { ...gateway, phase: 'stopped', pid: undefined })).toBe('gateway: stopped');
  });
});

describe('the view', () => {
  function recorded(isTTY: boolean): { readonly text: () => string; readonly view: ReturnType<typeof processView> } {
    let text = '';
    const view = processView({ isTTY, columns: 80, write: (chunk) => (text += chunk) });
    return { text: () => text, view };
  }

  it('writes plain lines where nobody watches', () => {
    const { text, view } = recorded(false);
    view.show([{ ...gateway, phase: 'starting' }]);
    view.show([{ ...gateway, phase: 'starting' }]);
    view.show([gateway]);
    expect(text()).toBe('gateway: starting, pid 4711, log logs/gateway.log\ngateway: ready after 1.2 s, pid 4711\n');
  });

  it('draws over its own table on a terminal, and only when something changed', () => {
    const { text, view } = recorded(true);
    view.show([gateway]);
    const once = text().length;
    view.show([gateway]);
    expect(text()).toHaveLength(once);
    view.show([worker]);
    expect(text().slice(once)).toMatch(/^\x1b\[2A\r\x1b\[J/); // eslint-disable-line no-control-regex -- the escape codes are what is tested
    view.say('a word');
    expect(text()).toContain('\x1b[2A\r\x1b[Ja word\n');
  });
});

describe('stages and pauses', () => {
  it('starts low stages first and keeps the order inside a stage', () => {
    const of = (name: string, stage: number): { name: string; stage: number } => ({ name, stage });
    const stages = inStages([of('gateway', 9), of('a', 1), of('b', 1)]);
    expect(stages.map((stage) => stage.map(({ name }) => name))).toEqual([['a', 'b'], ['gateway']]);
  });

  it('[P-011] takes a process that could work for a while and was killed for a sound one, however often', () => {
    expect([crashesInRow(0, 0), crashesInRow(3, 4_900), crashesInRow(3, 5_000)]).toEqual([1, 4, 1]);
  });

  it('doubles the pause with each crash in a row, up to half a minute', () => {
    expect([1, 2, 3, 4, 20].map(restartPauseMs)).toEqual([500, 1_000, 2_000, 4_000, 30_000]);
  });
});
