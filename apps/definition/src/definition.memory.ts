/** What the definition service remembers, as a port: documents of a kind under a name, revision by revision. */
import { type Transaction } from '@tributary/fact-bus';

export type Kind = 'policy' | 'worker-config';

export interface Revision {
  readonly kind: Kind;
  readonly name: string;
  /** From 1. */
  readonly revision: number;
  readonly document: Readonly<Record<string, unknown>>;
  readonly by: string;
  readonly at: string;
}

export interface DefinitionMemory {
  /** The newest revision, locked until the transaction ends: two writers of a name go one after the other. */
  lock(tx: Transaction, kind: Kind, name: string): Promise<Revision | undefined>;
  /** Throws when the revision exists. */
  add(tx: Transaction, revision: Revision): Promise<void>;
  find(kind: Kind, name: string): Promise<Revision | undefined>;
  /** Newest first; `before` is exclusive. */
  revisions(kind: Kind, name: string, limit: number, before?: number): Promise<readonly Revision[]>;
  /** The newest revision of every name of a kind, by name in byte order, behind `after`. */
  newest(kind: Kind, limit: number, after?: string): Promise<readonly Revision[]>;
}
