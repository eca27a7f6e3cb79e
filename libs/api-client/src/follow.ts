/**
 * The facts of a task as they are recorded: server-sent events by `fetch`, so that a token can be sent.
 *
 *     opening --head--> live --(lost, silent, ended without the end)--> waiting --backoff--> opening
 *                        \--(ended, and there is nothing more to come)--> over
 *
 * Every fact once and in order: what was given out is remembered by its position, and the server is asked for what stands behind it.
 */
import { type Task, type ToldFact } from '@tributary/http-api';
import { createParser } from 'eventsource-parser';
import { type Door } from './door';
import { isRecord, lackOf, needs } from './documents';
import { isPassing, ApiProblem, StrangeAnswer, Unreachable } from './failures';
import { backoffMs, type Pace, pause } from './pace';

export type Connection = 'live' | 'reconnecting';

export interface PositionedFact {
  /** In the task's ledger; for `after`. */
  readonly position: string;
  readonly fact: ToldFact;
}

export interface FollowOptions {
  /** Only what stands behind this position. */
  readonly after?: string | undefined;
  /** Goes on after the verdict, until it is aborted. */
  readonly follow?: boolean;
  /** Ends the generator quietly. */
  readonly signal?: AbortSignal | undefined;
  /** `attempt` counts the tries since a fact came, from 1; `error` is why the last one ended. */
  readonly onConnection?: ((state: Connection, attempt: number, error?: unknown) => void) | undefined;
  /** A stream that says nothing for so long is lost, ms; the server says something every 15 s. */
  readonly silenceMsMax?: number;
}

export interface FollowPorts {
  readonly door: Door;
  readonly pace: Pace;
  readonly task: (signal: AbortSignal | undefined) => Promise<Task>;
}

const silenceMsDefault = 40_000;
/** A fact has 256 KiB at most; its line is a little longer. */
const eventCharsMax = 1024 * 1024;

/** Throws what will not pass by waiting: an `ApiProblem` of the 400s. */
export async function* follow(ports: FollowPorts, path: string, options: FollowOptions = {}): AsyncGenerator<PositionedFact> {
  const { signal, onConnection } = options;
  const place = new Place(options.after);
  for (let attempt = 1; !aborted(signal); attempt++) {
    let lost: unknown;
    const before = place.given;
    try {
      for await (const event of connection(ports, path, place, options, attempt)) {
        if (place.take(event)) yield event;
      }
      if (options.follow !== true && isOver(await ports.task(signal), place, before)) return;
    } catch (error) {
      if (aborted(signal)) return;
      if (!isPassing(error)) throw error;
      lost = error;
    }
    if (aborted(signal)) return;
    if (place.given > before) attempt = 1;
    onConnection?.('reconnecting', attempt, lost);
    const askedMs = lost instanceof ApiProblem ? lost.retryAfterMs : undefined;
    await pause(backoffMs(attempt, ports.pace, askedMs), ports.pace, signal);
  }
}

/** Where we are in the ledger, and whether what came was the end. */
class Place {
  given = 0;
  verdictRevision = 0;
  readonly begun: 'at the start' | 'within';

  constructor(public position: string | undefined) {
    this.begun = position === undefined ? 'at the start' : 'within';
  }

  /** False for what was given out before. */
  take({ position, fact }: PositionedFact): boolean {
    const [now, last] = [Number(position), Number(this.position ?? 0)];
    if (Number.isSafeInteger(now) && Number.isSafeInteger(last) && now <= last) return false;
    this.position = position;
    this.given += 1;
    if (fact.type === 'MainTaskConverged' || fact.type === 'MainTaskReconverged') this.verdictRevision = Number(fact.data['revision'] ?? 1);
    return true;
  }
}

/** A server that stops ends its streams as politely as one that is through: only the task, and the verdict among what was given out, say which it was. */
function isOver({ status, revision, openRound }: Task, { given, verdictRevision, begun }: Place, before: number): boolean {
  const settled = status !== 'INIT' && status !== 'RUNNING' && openRound === undefined;
  // Whoever begins behind the verdict will not see it.
  return settled && (verdictRevision >= revision || (begun === 'within' && given === before));
}

async function* connection(
  { door, pace }: FollowPorts,
  path: string,
  { position }: Place,
  { follow: forever = false, signal, onConnection, silenceMsMax = silenceMsDefault }: FollowOptions,
  attempt: number,
): AsyncGenerator<PositionedFact> {
  const silent = new AbortController();
  const all = signal ? AbortSignal.any([signal, silent.signal]) : silent.signal;
  const url = door.addressOf(path);
  const watch = new SilenceWatch(pace, silenceMsMax, () => {
    silent.abort(new Unreachable(url, new Error(`nothing was heard for ${silenceMsMax / 1_000} s`), 'SILENT'));
  });
  try {
    const response = await door.open(path, {
      query: { follow: forever || undefined },
      headers: { accept: 'text/event-stream', ...(position !== undefined && { 'last-event-id': position }) },
      signal: all,
    });
    if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true || !response.body) {
      throw new StrangeAnswer(url, response.status, 'no event stream');
    }
    onConnection?.('live', attempt);
    yield* eventsIn(response.body, url, watch, all);
  } catch (error) {
    if (error instanceof ApiProblem || error instanceof StrangeAnswer || error instanceof Unreachable) throw error;
    throw silent.signal.aborted ? silent.signal.reason : new Unreachable(url, error);
  } finally {
    watch.stop();
    silent.abort();
  }
}

/** What is complete; an event that was torn off is asked for again by its place. */
async function* eventsIn(body: ReadableStream<Uint8Array>, url: string, watch: SilenceWatch, signal: AbortSignal): AsyncGenerator<PositionedFact> {
  const ready: PositionedFact[] = [];
  const parser = createParser({
    maxBufferSize: eventCharsMax,
    onEvent: ({ id, data }) => {
      ready.push({ position: id ?? '', fact: factIn(data, url) });
    },
    onError: (error) => {
      throw new StrangeAnswer(url, 200, error.message);
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const giveUp = (): void => {
    // A reader that has to wait for a stalled network would not hear of it.
    void reader.cancel(signal.reason).catch(() => undefined);
  };
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (aborted(signal)) throw signal.reason;
      if (done) return;
      watch.heard();
      parser.feed(decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
    }
  } finally {
    signal.removeEventListener('abort', giveUp);
    giveUp();
  }
}

function factIn(data: string, url: string): ToldFact {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch (error) {
    throw new StrangeAnswer(url, 200, `an event that is no JSON: ${String(error)}`);
  }
  const lack = lackOf(value, needs.fact);
  if (lack !== undefined || !isRecord(value)) throw new StrangeAnswer(url, 200, `an event without ${lack ?? 'members'}`);
  return value as unknown as ToldFact;
}

/** Calls back once nothing was heard for so long, counted from its making. */
class SilenceWatch {
  #forget: () => void;

  constructor(
    private readonly pace: Pace,
    private readonly ms: number,
    private readonly lost: () => void,
  ) {
    this.#forget = pace.after(ms, lost);
  }

  heard(): void {
    this.#forget();
    this.#forget = this.pace.after(this.ms, this.lost);
  }

  stop(): void {
    this.#forget();
  }
}

function aborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
