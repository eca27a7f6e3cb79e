/** What processes cost, read from /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second wherever Node runs. */
const tickMs = 10;
const pageBytes = 4096;

interface Entry {
  readonly parent: number;
  /** Own time and that of children that have ended. */
  readonly cpuMs: number;
  readonly rssBytes: number;
}

function processes(): ReadonlyMap<number, Entry> {
  const found = new Map<number, Entry>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      found.set(Number(name), { parent: Number(fields[1]), cpuMs: ticks * tickMs, rssBytes: Number(fields[21]) * pageBytes });
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

function tree(roots: readonly number[]): readonly Entry[] {
  const all = processes();
  const below = (pid: number): Entry[] => {
    const own = all.get(pid);
    return own ? [own, ...[...all].filter(([, { parent }]) => parent === pid).flatMap(([child]) => below(child))] : [];
  };
  return roots.flatMap(below);
}

/** Of these processes and all below them since they began, ms. */
export function cpuMsOf(roots: readonly number[]): number {
  return tree(roots).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** What these processes themselves hold now, without those below. */
export function rssBytesOf(pid: number): number {
  return processes().get(pid)?.rssBytes ?? 0;
}

/** How many processes there are, with all below. */
export function countOf(roots: readonly number[]): number {
  return tree(roots).length;
}
