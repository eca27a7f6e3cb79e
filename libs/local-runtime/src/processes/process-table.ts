/** How processes look in a terminal: a table that can be drawn again and again, or one line per change. Pure. */
import { type ProcessState } from './process-spec';

const columns = ['name', 'pid', 'state', 'ready', 'log'] as const;

/** One line per process under a head line; cut to `width` columns, so that a redraw counts lines right. */
export function formatTable(states: readonly ProcessState[], width: number): readonly string[] {
  const rows = [columns, ...states.map(cells)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => cut(row.map((cell, column) => (column === columns.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '), width));
}

function cells({ name, pid, phase, ended, restarts, readyAfterMs, logFile }: ProcessState): readonly string[] {
  const again = restarts === 0 ? '' : ` (started again ${String(restarts)}x)`;
  const why = ended === undefined ? '' : `: ${ended}`;
  const state = phase === 'crashed' || phase === 'stopped' ? `${phase}${why}${again}` : `${phase}${again}`;
  const ready = phase === 'ready' && readyAfterMs !== undefined ? seconds(readyAfterMs) : '-';
  return [name, pid === undefined ? '-' : String(pid), state, ready, logFile];
}

/** What is worth a line when nobody watches a table; undefined: nothing. */
export function formatChange(before: ProcessState | undefined, now: ProcessState): string | undefined {
  if (before?.phase === now.phase && before.pid === now.pid) return undefined;
  const pid = now.pid === undefined ? '' : ` pid ${String(now.pid)}`;
  switch (now.phase) {
    case 'waiting':
      return undefined;
    case 'starting':
      return now.pid === undefined ? undefined : `${now.name}: starting,${pid}, log ${now.logFile}`;
    case 'ready':
      return `${now.name}: ready${now.readyAfterMs === undefined ? '' : ` after ${seconds(now.readyAfterMs)}`},${pid}`;
    case 'crashed':
      return `${now.name}: crashed, ${now.ended ?? 'nobody knows why'}, log ${now.logFile}`;
    case 'stopping':
      return `${now.name}: stopping,${pid}`;
    case 'stopped':
      return `${now.name}: stopped${now.ended === undefined ? '' : `, ${now.ended}`}`;
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function cut(line: string, width: number): string {
  const trimmed = line.trimEnd();
  return trimmed.length <= width ? trimmed : `${trimmed.slice(0, Math.max(0, width - 1))}…`;
}
