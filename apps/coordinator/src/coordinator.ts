/** The coordinator as a plain class: what records, what watches, what closes, and what people may ask. No HTTP, no database of its own choosing. */
import { type Clock, type FactBus, type Subscriber, type Transaction } from '@tributary/fact-bus';
import { type Identity } from '@tributary/service-kit';
import { type Telemetry } from '@tributary/telemetry';
import { type Closed, CloseWindows } from './close-windows';
import { type GateMemory } from './gate.memory';
import { type LedgerSignals } from './ledger-signals';
import { RecordFacts } from './record-facts';
import { RequestChanges } from './request-changes';
import { WatchKeeper } from './watch-keeper';

export interface CoordinatorOptions<T extends Transaction> {
  readonly memory: GateMemory;
  readonly database: { transaction<R>(work: (tx: T) => Promise<R>): Promise<R> };
  readonly bus: FactBus<T>;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly identity: Identity;
  readonly signals: LedgerSignals;
  /** The clocks' beat while a window is open; twice as long without it is a pause. */
  readonly heartbeatMs: number;
  readonly onTrouble: (error: unknown) => void;
  readonly onClosed?: (closed: Closed) => void;
}

/** A bus with nothing to tell answers a fetch or a heartbeat about every second. */
const busProofMs = 1_500;

/** The group that records facts. */
export const coordinatorGroup = 'coordinator';

export class Coordinator<T extends Transaction> {
  readonly requests: RequestChanges<T>;
  readonly #keeper: WatchKeeper<T>;
  readonly #recorder: RecordFacts<T>;
  #subscriber: Subscriber | undefined;

  constructor(private readonly options: CoordinatorOptions<T>) {
    const { memory, bus, database, telemetry, clock, identity, signals, heartbeatMs, onTrouble, onClosed } = options;
    const pauseMs = 2 * heartbeatMs;
    const closer = new CloseWindows({ memory, bus, database, telemetry });
    this.#keeper = new WatchKeeper({
      ...{ memory, database, closer, clock, heartbeatMs, pauseMs, onTrouble },
      readableMs: Math.max(heartbeatMs, busProofMs),
      onClosed: (result) => {
        signals.grown(result.closed.map(({ taskId }) => taskId));
        onClosed?.(result);
      },
    });
    this.#recorder = new RecordFacts<T>({
      ...{ memory, bus, telemetry },
      patienceWith: (partition) => this.#keeper.patienceWith(partition),
      onRecorded: ({ partition, watch, taskIds, due }) => {
        this.#keeper.recorded(partition, watch, taskIds, due);
        signals.grown(taskIds);
      },
    });
    this.requests = new RequestChanges({
      ...{ memory, bus, database, identity },
      now: () => clock.now(),
      onChanged: (taskId) => {
        signals.grown([taskId]);
      },
    });
  }

  /** How many windows this process watches. */
  get openWindows(): number {
    return this.#keeper.open;
  }

  async start(): Promise<void> {
    const { bus, database } = this.options;
    const { onAssigned, onReleasing, onLost, onProgress } = this.#keeper;
    this.#subscriber = await bus.subscribe({
      group: coordinatorGroup,
      topics: ['gate.facts', 'scan.facts'],
      database,
      handle: this.#recorder.handle,
      ...{ onAssigned, onReleasing, onLost, onProgress },
    });
    this.#keeper.reads(this.#subscriber);
  }

  async stop(): Promise<void> {
    await this.#subscriber?.stop();
    await this.#keeper.stop();
  }
}
