/** How a watched task is shown: drawn over itself in a terminal, in plain lines elsewhere, not at all when quiet. */
import { type Connection } from '@tributary/api-client';
import { type Task, type ToldFact } from '@tributary/http-api';
import { factText } from '../gate/words';
import { type Invocation } from '../invocation';
import { clockText } from '../quantities';
import { whyText } from '../tell-failure';
import { lanes } from './lanes';

export interface View {
  fact(fact: ToldFact): void;
  task(task: Task): void;
  connection(state: Connection, attempt: number, error: unknown): void;
  /** What was drawn stays or goes. */
  end(): void;
}

const tickMs = 200;
/** A lane moves at most so often in plain lines. */
const progressEveryMs = 5_000;

export async function viewFor(invocation: Invocation, begun?: Task): Promise<View> {
  if (invocation.quiet || invocation.json) return silence;
  if (!invocation.live) return new PlainView(invocation);
  const { createLogUpdate } = await import('log-update');
  const stream = invocation.world.stderr as NodeJS.WriteStream;
  return new LiveView(invocation, createLogUpdate(stream), begun);
}

const nothing = (): void => undefined;
const silence: View = { fact: nothing, task: nothing, connection: nothing, end: nothing };

/** One line for each fact, with its time. */
class PlainView implements View {
  readonly #progressAt = new Map<string, number>();

  constructor(private readonly invocation: Invocation) {}

  fact(fact: ToldFact): void {
    if (fact.type === 'SubTaskProgressed' && !this.#mayProgress(fact)) return;
    const late = (fact as { late?: boolean }).late === true ? this.invocation.text('factLate') : '';
    this.invocation.note(`${clockText(fact.time)}  ${factText(fact, this.invocation)}${late}`);
  }

  task(): void {
    // The facts say it all.
  }

  connection(state: Connection, attempt: number, error: unknown): void {
    const { invocation } = this;
    if (state === 'live' && attempt > 1) invocation.note(invocation.text('liveAgain'));
    if (state === 'reconnecting' && error !== undefined) invocation.note(invocation.text('notLive', { why: whyText(error, invocation.language), attempt }));
  }

  end(): void {
    // Lines stay.
  }

  #mayProgress({ data }: ToldFact): boolean {
    const type = String(data['subTaskType']);
    const now = this.invocation.world.now();
    if (now - (this.#progressAt.get(type) ?? 0) < progressEveryMs) return false;
    this.#progressAt.set(type, now);
    return true;
  }
}

export interface Drawing {
  (text: string): void;
  clear(): void;
  /** The cursor is shown again. */
  done(): void;
}

/** Lanes that are drawn anew with every change and every moment. */
export class LiveView implements View {
  readonly #order: string[] = [];
  #task: Task | undefined;
  #notLive: string | undefined;
  /** Nobody knows what the window does meanwhile: its countdown stands still. */
  #lostAtMs: number | undefined;
  #drawn = '';
  #forget: () => void = nothing;

  constructor(
    private readonly invocation: Invocation,
    private readonly draw: Drawing,
    begun?: Task,
  ) {
    if (begun) this.task(begun);
    this.#tick();
  }

  fact({ data }: ToldFact): void {
    const type = data['subTaskType'];
    if (typeof type === 'string' && !this.#order.includes(type)) this.#order.push(type);
  }

  task(task: Task): void {
    this.#task = task;
    this.#paint();
  }

  connection(state: Connection, attempt: number, error: unknown): void {
    const { invocation } = this;
    this.#lostAtMs = state === 'live' ? undefined : (this.#lostAtMs ?? invocation.world.now());
    this.#notLive = state === 'live' || error === undefined ? undefined : invocation.text('notLive', { why: whyText(error, invocation.language), attempt });
    this.#paint();
  }

  end(): void {
    this.#forget();
    this.draw.clear();
    this.draw.done();
  }

  #tick(): void {
    this.#forget = this.invocation.world.pace.after(tickMs, () => {
      this.#paint();
      this.#tick();
    });
  }

  #paint(): void {
    if (!this.#task) return;
    const { invocation } = this;
    const input = {
      task: this.#task,
      order: this.#order,
      nowMs: this.#lostAtMs ?? invocation.world.now(),
      columns: invocation.world.stderr.columns ?? 80,
      notLive: this.#notLive,
    };
    const text = lanes(input, invocation, invocation.aside).join('\n');
    if (text === this.#drawn) return;
    this.#drawn = text;
    this.draw(text);
  }
}
