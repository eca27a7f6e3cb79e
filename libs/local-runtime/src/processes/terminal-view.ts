/** Shows processes as they change: a table in place on a terminal, lines anywhere else. */
import { type ProcessState } from './process-spec';
import { formatChange, formatTable } from './process-table';

/** The part of `process.stdout` that is needed. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProcessView {
  show(states: readonly ProcessState[]): void;
  /** A line of its own, above the table. */
  say(line: string): void;
}

const clearToEndOfLine = '\x1b[K';
const clearBelow = '\x1b[J';

function up(lines: number): string {
  return lines === 0 ? '' : `\x1b[${String(lines)}A`;
}

export function processView(terminal: Terminal): ProcessView {
  return terminal.isTTY === true ? tableView(terminal) : lineView(terminal);
}

function tableView(terminal: Terminal): ProcessView {
  let drawn: readonly string[] = [];
  const draw = (before: string, lines: readonly string[]): void => {
    terminal.write(`${up(drawn.length)}\r${clearBelow}${before}${lines.map((line) => `${line}${clearToEndOfLine}\n`).join('')}`);
    drawn = lines;
  };
  return {
    show(states) {
      const lines = formatTable(states, terminal.columns ?? 80);
      if (lines.join('\n') !== drawn.join('\n')) draw('', lines);
    },
    say(line) {
      draw(`${line}\n`, drawn);
    },
  };
}

function lineView(terminal: Terminal): ProcessView {
  const before = new Map<string, ProcessState>();
  return {
    show(states) {
      for (const state of states) {
        const line = formatChange(before.get(state.name), state);
        before.set(state.name, state);
        if (line !== undefined) terminal.write(`${line}\n`);
      }
    },
    say(line) {
      terminal.write(`${line}\n`);
    },
  };
}
