/** The live stream of a task's facts: the ledger from a position on, then whatever it grows by. */
import { type GateMemory, type LedgerEntry } from './gate.memory';
import { type LedgerSignals } from './ledger-signals';

/** Facts that are looked for at once. */
const pageMax = 200;

/**
 * Yields entries as they are recorded, and `undefined` every `idleMs` without one. Ends after the verdict, when no round is open,
 * unless `follow`; ends when `signal` aborts.
 */
export async function* streamFacts(
  { memory, signals }: { readonly memory: GateMemory; readonly signals: LedgerSignals },
  {
    taskId,
    after,
    follow,
    idleMs,
    signal,
  }: { readonly taskId: string; readonly after: number; readonly follow: boolean; readonly idleMs: number; readonly signal: AbortSignal },
): AsyncGenerator<LedgerEntry | undefined> {
  let grown = Promise.withResolvers<'grown' | 'idle' | 'over'>();
  const unlisten = signals.listen(taskId, () => {
    grown.resolve('grown');
  });
  const over = (): void => {
    grown.resolve('over');
  };
  signal.addEventListener('abort', over, { once: true });
  try {
    for (let position = after; !signal.aborted;) {
      // Before the look: what is recorded after it resolves this one.
      grown = Promise.withResolvers();
      // Before the facts: what they are when nothing is open any more is all of them.
      const settled = !follow && (await isSettled(memory, taskId));
      const entries = await memory.facts(taskId, position, pageMax);
      for (const entry of entries) {
        yield entry;
        position = entry.sequence;
      }
      if (entries.length === pageMax) continue;
      if (settled) return;
      if ((await idleOr(grown, idleMs)) === 'idle') yield undefined;
    }
  } finally {
    unlisten();
    signal.removeEventListener('abort', over);
  }
}

async function idleOr<T>(grown: PromiseWithResolvers<T | 'idle'>, idleMs: number): Promise<T | 'idle'> {
  const timer = setTimeout(() => {
    grown.resolve('idle');
  }, idleMs);
  try {
    return await grown.promise;
  } finally {
    clearTimeout(timer);
  }
}

/** There is a verdict, and nothing is open. */
async function isSettled(memory: GateMemory, taskId: string): Promise<boolean> {
  const found = await memory.find(taskId);
  return found !== undefined && found.task.revision > 0 && found.windows.every(({ closed }) => closed);
}
