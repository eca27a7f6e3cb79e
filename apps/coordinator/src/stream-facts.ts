/** The live stream of a task's facts: the ledger from a position on, then whatever it grows by. */
import { type GateMemory, type LedgerEntry } from './gate.memory';
import { type LedgerSignals } from './ledger-signals';

const verdicts: ReadonlySet<string> = new Set(['MainTaskConverged', 'MainTaskReconverged']);

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
  let grown = Promise.withResolvers<'grown' | 'over'>();
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
      const next = (grown = Promise.withResolvers());
      const entries = await memory.facts(taskId, position, 200);
      for (const entry of entries) {
        yield entry;
        position = entry.sequence;
      }
      if (entries.length > 0) continue;
      if (!follow && (await isOver(memory, taskId, position))) return;
      const timer = setTimeout(() => {
        next.resolve('grown');
      }, idleMs);
      const began = performance.now();
      await next.promise;
      clearTimeout(timer);
      if (performance.now() - began >= idleMs) yield undefined;
    }
  } finally {
    unlisten();
    signal.removeEventListener('abort', over);
  }
}

/** Everything up to the verdict was sent, and nothing is open. */
async function isOver(memory: GateMemory, taskId: string, position: number): Promise<boolean> {
  const found = await memory.find(taskId);
  if (!found || found.task.revision === 0 || found.windows.some(({ closed }) => !closed)) return false;
  const entries = await memory.facts(taskId, 0, 10_000);
  const last = entries.findLast(({ fact }) => verdicts.has(fact.type))?.sequence ?? 0;
  return position >= last;
}
