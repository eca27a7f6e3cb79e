/** What the gateway remembers of uploads, and which answers it has given to idempotency keys. */
import { type PolicySnapshot } from '@tributary/facts';
import { type Transaction } from '@tributary/persistence';
import { type Language } from '@tributary/service-kit';

export interface Upload {
  readonly tenant: string;
  /** UUID v7. */
  readonly taskId: string;
  readonly product: string;
  readonly version: string;
  readonly file: { readonly fileName: string; readonly size: number; readonly sha256: string };
  /** As it was frozen into `ZipUploaded`. */
  readonly policy: PolicySnapshot;
  /** W3C, of the span that published `ZipUploaded`. */
  readonly traceparent: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** All that a 202 is rendered from, so that a replay gives the same bytes. */
export interface UploadAnswer {
  readonly taskId: string;
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
  readonly language: Language;
}

export interface KeptAnswer {
  /** sha256 over the fields and the file's sha256. */
  readonly fingerprint: string;
  readonly answer: UploadAnswer;
}

export interface KeyClaim extends KeptAnswer {
  readonly tenant: string;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** For how long a key stands for its answer, in milliseconds. */
  readonly keepMs: number;
}

/**
 * A key is taken in the transaction that saves its upload, never before: a claim that waits for another transaction's claim of the same
 * key gets that one's answer, and a crash leaves no claim behind. So a key can neither be wedged nor need a lease.
 */
export interface UploadMemory {
  /** Undefined: the key is ours if `tx` commits. Otherwise the answer that stands for it. */
  claimKey(tx: Transaction, claim: KeyClaim): Promise<KeptAnswer | undefined>;
  save(tx: Transaction, upload: Upload): Promise<void>;
  find(tenant: string, taskId: string): Promise<Upload | undefined>;
  /** Forgets keys claimed before `before` (milliseconds since 1970). */
  forgetKeys(before: number): Promise<void>;
}
