/** One package on its way in, and what can happen to it. Pure. */
import { type Sample } from './transfer-pace';

export type UploadState =
  | { readonly kind: 'draft' }
  | { readonly kind: 'queued' }
  | { readonly kind: 'sending'; readonly samples: readonly Sample[] }
  /** Goes on by itself when the connection is back. */
  | { readonly kind: 'interrupted'; readonly error: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'accepted'; readonly taskId: string; readonly replayed: boolean };

export interface UploadEntry {
  readonly id: string;
  readonly file: File;
  /** As entered; empty: the server's own choice. */
  readonly product: string;
  readonly version: string;
  /** The field of the API, once it was started. */
  readonly policy: string | undefined;
  /** The same for everything that is meant to be the same upload. */
  readonly idempotencyKey: string;
  /** How often it went on by itself. */
  readonly resumed: number;
  readonly state: UploadState;
}

/** What may still be changed. */
export const isEditable = ({ state }: UploadEntry): boolean => state.kind === 'draft' || state.kind === 'failed';
export const isUnderWay = ({ state }: UploadEntry): boolean => state.kind === 'queued' || state.kind === 'sending' || state.kind === 'interrupted';

/** Another product or version is another upload: it needs a key of its own once the old one may have been seen. */
export function edited(entry: UploadEntry, change: Partial<Pick<UploadEntry, 'product' | 'version'>>, freshKey: string): UploadEntry {
  return { ...entry, ...change, idempotencyKey: freshKey, state: { kind: 'draft' } };
}

/** Ready to be sent under this policy. */
export function started(entry: UploadEntry, policy: string | undefined, freshKey: string): UploadEntry {
  const idempotencyKey = entry.state.kind === 'draft' || policy === entry.policy ? entry.idempotencyKey : freshKey;
  return { ...entry, policy, idempotencyKey, resumed: 0, state: { kind: 'queued' } };
}

/** A lost connection is waited out a few times; everything else is for the person to decide. */
export function ended(entry: UploadEntry, error: unknown, isLost: boolean): UploadEntry {
  return { ...entry, state: isLost && entry.resumed < resumesMax ? { kind: 'interrupted', error } : { kind: 'failed', error } };
}

export function resumed(entry: UploadEntry): UploadEntry {
  return { ...entry, resumed: entry.resumed + 1, state: { kind: 'queued' } };
}

/** A server that breaks every connection off says no in its own way. */
const resumesMax = 4;
