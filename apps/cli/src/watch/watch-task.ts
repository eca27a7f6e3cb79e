/** Watches a task to its verdict, over lost connections and restarts of the server. */
import { type ApiClient, type Connection, isPassing } from '@tributary/api-client';
import { type Task } from '@tributary/http-api';
import { Interrupted, TimedOut } from '../failure';
import { type Invocation } from '../invocation';
import { type View, viewFor } from './view';

export interface Watching {
  readonly timeoutMs?: number | undefined;
  /** One JSON line for every fact. */
  readonly lines?: boolean;
  /** What belongs to earlier rounds is not shown. */
  readonly fromRound?: number;
  /** What is known of it already. */
  readonly begun?: Task;
}

/** Somebody who is away for so long is given up, ms: a build must not wait for ever. */
const awayMsMax = 5 * 60_000;
/** The task is asked for anew at most so often. */
const refreshEveryMs = 250;

/** Resolves with the task once it has its verdict and no round is open. Rejects with `TimedOut` or `Interrupted`, with why nobody answered once that lasts too long, or as the API does. */
export async function watchTask(
  client: ApiClient,
  invocation: Invocation,
  taskId: string,
  { timeoutMs, lines = false, fromRound = 1, begun }: Watching,
): Promise<Task> {
  const ending = new AbortController();
  const stop = (): void => {
    ending.abort(invocation.signal.reason);
  };
  invocation.signal.addEventListener('abort', stop, { once: true });
  if (invocation.signal.aborted) stop();
  const forget = timeoutMs === undefined ? undefined : invocation.world.pace.after(timeoutMs, () => { ending.abort(new TimedOut(timeoutMs)); }); // prettier-ignore
  const view = await viewFor(invocation, begun);
  const fresh = new Refreshed(client, invocation, taskId, view);
  try {
    let lostAtMs: number | undefined;
    const onConnection = (state: Connection, attempt: number, error?: unknown): void => {
      if (state === 'live') lostAtMs = undefined;
      else lostAtMs ??= invocation.world.now();
      if (error !== undefined && lostAtMs !== undefined && invocation.world.now() - lostAtMs > awayMsMax) ending.abort(error);
      view.connection(state, attempt, error);
    };
    for await (const { fact } of client.follow(taskId, { signal: ending.signal, onConnection })) {
      if (fromRound > 1 && Number(fact.data['round'] ?? 1) < fromRound) continue;
      if (lines) invocation.printJson(fact, 'line');
      view.fact(fact);
      if (invocation.live) fresh.ask();
    }
    ending.signal.throwIfAborted();
    return await lastLook(client, invocation, taskId, ending.signal);
  } finally {
    forget?.();
    fresh.end();
    view.end();
    invocation.signal.removeEventListener('abort', stop);
  }
}

/** The verdict is there; a server that is just being restarted does not keep it from us. */
async function lastLook(client: ApiClient, { world }: Invocation, taskId: string, signal: AbortSignal): Promise<Task> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.task(taskId, { signal });
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error) || attempt >= 10) throw error;
      await new Promise<void>((resolve) => world.pace.after(300 * attempt, resolve));
    }
  }
}

/** Keeps the drawn task fresh: asks soon after a fact, never twice at once, not more often than it is worth. */
class Refreshed {
  #wanted = false;
  #busy = false;
  readonly #ended = new AbortController();

  constructor(
    private readonly client: ApiClient,
    private readonly invocation: Invocation,
    private readonly taskId: string,
    private readonly view: View,
  ) {}

  ask(): void {
    this.#wanted = true;
    if (!this.#busy) void this.#look();
  }

  end(): void {
    this.#ended.abort();
  }

  async #look(): Promise<void> {
    const { signal } = this.#ended;
    this.#busy = true;
    while (this.#wanted && !signal.aborted) {
      this.#wanted = false;
      await this.client.task(this.taskId, { signal }).then(
        (task) => {
          if (!signal.aborted) this.view.task(task);
        },
        // The stream says when the server is away; a picture that is old for a moment is no failure.
        () => undefined,
      );
      await new Promise<void>((resolve) => this.invocation.world.pace.after(refreshEveryMs, resolve));
    }
    this.#busy = false;
  }
}

/** After Ctrl-C: the task goes on, and so can whoever watched it. */
export function sayHowToComeBack(error: unknown, invocation: Invocation, taskId: string): void {
  if (!(error instanceof Interrupted) && !(error instanceof TimedOut) && !isPassing(error)) return;
  invocation.warn(`${invocation.text('comeBack')}\n  ${invocation.commandLine('gate', 'watch', taskId)}`);
}
