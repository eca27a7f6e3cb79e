/** The bus's log, as the world sees it: every fact on it is history; while it is away, nothing is read, and what is told waits in outboxes. */
import { type Stored, type InMemoryFactBusOptions } from '@tributary/fact-bus';
import { InMemoryLog } from '@tributary/fact-bus';
import { type Topic, topics, topicSettings } from '@tributary/facts';

export type Row = Omit<Stored, 'position'>;
export type GroupsLog = InMemoryFactBusOptions['log'];

export class SimulatedLog extends InMemoryLog {
  readonly #waiting: Row[] = [];
  readonly #listeners = new Set<(topic: Topic, partition: number) => void>();
  #away = false;
  #readableAt = 0;

  constructor(
    private readonly elapsed: () => number,
    private readonly onTold: (row: Stored) => void,
  ) {
    super();
  }

  get away(): boolean {
    return this.#away;
  }

  /** When the log could last be read, ms. */
  get readableAt(): number {
    return this.#away ? this.#readableAt : this.elapsed();
  }

  /** Whether something that was told waits for the log. */
  waits(partition: number): boolean {
    return this.#waiting.some((row) => row.partition === partition);
  }

  goAway(): void {
    this.#readableAt = this.readableAt;
    this.#away = true;
  }

  comeBack(): void {
    this.#away = false;
    for (const row of this.#waiting.splice(0)) this.appendRaw(row);
    for (const listener of this.#listeners)
      for (const topic of topics) for (let partition = 0; partition < topicSettings[topic].partitions; partition++) listener(topic, partition);
  }

  override appendRaw(row: Row): void {
    if (this.#away) {
      this.#waiting.push(row);
      return;
    }
    super.appendRaw(row);
    const told = super.rows(row.topic, row.partition).at(-1);
    if (told) this.onTold(told);
  }

  override rows(topic: Topic, partition: number): Stored[] {
    return this.#away ? [] : super.rows(topic, partition);
  }

  override onAppended(listener: (topic: Topic, partition: number) => void): () => void {
    this.#listeners.add(listener);
    const unlisten = super.onAppended(listener);
    return () => {
      this.#listeners.delete(listener);
      unlisten();
    };
  }
}
