/** Closes a round and settles its verdict, or amends it: inside one transaction, under the task's lock. */
import { closeAt, type Closing, digestOf, type Included, judge, observedTypes, unreachableTypes } from '@tributary/convergence';
import { type ClosedBy, limits } from '@tributary/facts';
import { type Transaction } from '@tributary/fact-bus';
import { type Telemetry, traceContextOf } from '@tributary/telemetry';
import { converged, windowClosed, windowClosedId } from './gate-facts';
import { type ChangingTask } from './gate-task';
import { type GateMemory, pausedMs, type WatchReading, type WindowRecord } from './gate.memory';

export class JudgeRound {
  constructor(
    private readonly memory: GateMemory,
    private readonly telemetry: Telemetry,
  ) {}

  /** What stands in the ledger now is judged, what comes later is late. */
  async close(tx: Transaction, changing: ChangingTask, window: WindowRecord, closedBy: ClosedBy, watch: WatchReading): Promise<void> {
    const { created } = changing.task;
    if (!created || !window.opened) return;
    const cutoff = changing.task.sequence;
    const knownTypes = created.product === 'default' ? [] : (await this.memory.knownTypes(tx, created.product)).slice(0, limits.typesMax);
    const included = await this.#included(tx, changing, window.round, cutoff);
    const closed: NonNullable<WindowRecord['closed']> = {
      by: closedBy,
      at: changing.at,
      cutoff,
      knownTypes,
      unreachable: unreachableTypes(window.state, watch.watchMs, cutoff),
      pausedMs: pausedMs(window, watch),
      factId: windowClosedId(changing.task.taskId, window.round),
    };
    const { dueWatchMs: _due, ...rest } = window;
    const after: WindowRecord = { ...rest, closed, state: closeAt(window.state, cutoff) };
    await this.telemetry.span(
      'close window',
      { parent: traceContextOf(created.traceparent), attributes: { 'tributary.task': changing.task.taskId, 'tributary.closed_by': closedBy } },
      async (span) => {
        changing.put(after);
        changing.tell(windowClosed(after, { closed, openedAt: window.opened?.at ?? closed.at, digest: digestOf(included) }, span.traceparent));
        // A cancelled rescan leaves the old verdict standing.
        if (closedBy !== 'CANCELLED' || window.round === 1) await this.#settle(changing, after, included, span.traceparent, {});
      },
    );
  }

  /** Late facts are taken in: a new revision of a closed round. */
  async amend(tx: Transaction, changing: ChangingTask, window: WindowRecord, causes: readonly string[]): Promise<void> {
    const { created, sequence } = changing.task;
    if (!created || !window.closed) return;
    const included = await this.#included(tx, changing, window.round, sequence);
    const after: WindowRecord = { ...window, state: closeAt(window.state, sequence) };
    changing.put(after);
    await this.telemetry.span(
      'amend verdict',
      { parent: traceContextOf(created.traceparent), attributes: { 'tributary.task': changing.task.taskId } },
      (span) => this.#settle(changing, after, included, span.traceparent, { causes, cutoff: sequence }),
    );
  }

  async #settle(
    changing: ChangingTask,
    window: WindowRecord,
    included: readonly Included[],
    traceparent: string,
    { causes, cutoff }: { readonly causes?: readonly string[]; readonly cutoff?: number },
  ): Promise<void> {
    const { taskId, created } = changing.task;
    const { closed, opened } = window;
    if (!created || !closed || !opened) return;
    const revision = changing.task.revision + 1;
    const closing: Closing = {
      closedBy: closed.by,
      cutoff: cutoff ?? closed.cutoff,
      knownTypes: closed.knownTypes,
      unreachable: closed.unreachable,
      openedAt: opened.at,
      closedAt: closed.at,
      pausedMs: closed.pausedMs,
      windowClosedId: closed.factId,
      ...(causes && { late: true }),
    };
    const verdict = judge({ tenant: 'default', taskId, revision, state: window.state, policy: created.policy, closing, included });
    const told = converged(
      window,
      verdict,
      {
        revision,
        because: causes ? 'LATE_FACTS' : 'RESCAN',
        causes: causes ?? (window.openedBy === undefined ? [] : [window.openedBy]),
        // Of several late facts in a batch the last one completed what is judged; `causes` names all.
        causedBy: causes?.at(-1) ?? closed.factId,
      },
      { at: changing.at, traceparent },
    );
    changing.tell(told);
    changing.update({ status: verdict.status, revision, round: window.round, verdictHash: verdict.verdictHash });
    changing.settle({
      taskId,
      revision,
      round: window.round,
      status: verdict.status,
      canonical: verdict.canonical,
      verdictHash: verdict.verdictHash,
      explanation: verdict.explanation,
      product: created.product,
      joinedTypes: observedTypes(window.state, closing.cutoff),
      at: changing.at,
    });
    await Promise.resolve();
  }

  async #included(tx: Transaction, changing: ChangingTask, round: number, cutoff: number): Promise<readonly Included[]> {
    const kept = await this.memory.included(tx, changing.task.taskId, round, cutoff);
    const pending = changing.pendingEntries(round).map(({ fact, payloadHash }) => ({ id: fact.id, payloadHash }));
    return [...kept, ...pending];
  }
}
