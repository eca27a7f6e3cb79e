/** The dead letters of all groups: a read model of the facts on `ops.facts`. */
import { type DeadLetterState } from '@tributary/http-api';
import { type Transaction } from '@tributary/persistence';

/** Who decided it, when (milliseconds since 1970), and why. */
export interface Decided {
  readonly by: string;
  readonly at: number;
  readonly because?: string | undefined;
}

export interface DeadLetterItem {
  readonly tenant: string;
  readonly id: string;
  readonly factId?: string | undefined;
  readonly type?: string | undefined;
  readonly topic: string;
  readonly group: string;
  readonly partition: number;
  readonly offset: number;
  readonly key?: string | undefined;
  /** A code. */
  readonly reason: string;
  readonly detail: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: DeadLetterState;
  readonly decided?: Decided | undefined;
}

/** `number` grows with every letter: a place in the list that later letters do not shift. */
export type NumberedDeadLetter = DeadLetterItem & { readonly number: number };

export interface DeadLetterFilter {
  readonly factId?: string | undefined;
  readonly topic?: string | undefined;
  readonly group?: string | undefined;
  readonly state?: DeadLetterState | undefined;
}

export interface Decision extends Decided {
  readonly tenant: string;
  readonly id: string;
  readonly state: Exclude<DeadLetterState, 'open'>;
}

export interface DeadLetterMemory {
  /** Remembers open letters; one that is known stays as it is. */
  add(tx: Transaction, letters: readonly Omit<DeadLetterItem, 'state' | 'decided'>[]): Promise<void>;
  /** Decides about an open letter; undefined when there is no open one. */
  decide(tx: Transaction, decision: Decision): Promise<DeadLetterItem | undefined>;
  find(tenant: string, id: string): Promise<DeadLetterItem | undefined>;
  /** Newest first, those with a smaller number than `before`. */
  list(tenant: string, filter: DeadLetterFilter, limit: number, before?: number): Promise<readonly NumberedDeadLetter[]>;
}
