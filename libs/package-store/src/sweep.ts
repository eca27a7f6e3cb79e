/** Clears away what nobody needs: objects that no record refers to, objects past their time, and what dead puts left behind. */
import { type PackageStore, type StoredObject } from './package-store';

export interface SweepOptions {
  /** Only objects whose key begins with this are looked at. */
  readonly prefix: string;
  readonly now: Date;
  /** An unreferenced object younger than this is left alone: its fact may be on the way. */
  readonly orphanAfterMs: number;
  /** An object older than this goes even if it is referenced; may differ by key. Absent or undefined: kept for ever. */
  readonly retainMs?: number | ((key: string) => number | undefined);
  /** Leftovers of puts older than this go; it must be longer than any upload takes. */
  readonly leftoverAfterMs: number;
  /** Whether some record still names this key; asked only about objects old enough to go. */
  readonly referenced: (key: string) => boolean | Promise<boolean>;
  /** Bounds one run; the next run goes on where it matters. */
  readonly deletionsMax: number;
  /** Between two objects; a sweep that is stopped has done no half work. */
  readonly signal?: AbortSignal;
}

export interface SweepReport {
  readonly seen: number;
  readonly orphans: number;
  readonly expired: number;
  readonly leftovers: number;
  /** Objects that could not be deleted now; they are met again in the next run. */
  readonly failed: number;
  /** Whether the run ended early, by `deletionsMax` or the signal. */
  readonly incomplete: boolean;
}

type Fate = 'kept' | 'orphan' | 'expired';

/** Rejects with what `list` or `referenced` reject with; in doubt nothing is deleted. */
export async function sweep(store: PackageStore, options: SweepOptions): Promise<SweepReport> {
  const deleted = { orphan: 0, expired: 0 };
  let seen = 0;
  let failed = 0;
  let incomplete = false;
  for await (const object of store.list(options.prefix)) {
    incomplete = options.signal?.aborted === true || deleted.orphan + deleted.expired >= options.deletionsMax;
    if (incomplete) break;
    seen += 1;
    const fate = await fateOf(object, options);
    if (fate === 'kept') continue;
    if (await removed(store, object.key)) deleted[fate] += 1;
    else failed += 1;
  }
  const leftovers = await store.removeLeftovers(new Date(options.now.getTime() - options.leftoverAfterMs));
  return { seen, orphans: deleted.orphan, expired: deleted.expired, leftovers, failed, incomplete };
}

async function fateOf(object: StoredObject, options: SweepOptions): Promise<Fate> {
  const ageMs = options.now.getTime() - object.modifiedAt.getTime();
  const retainMs = typeof options.retainMs === 'function' ? options.retainMs(object.key) : options.retainMs;
  if (retainMs !== undefined && ageMs > retainMs) return 'expired';
  if (ageMs <= options.orphanAfterMs) return 'kept';
  return (await options.referenced(object.key)) ? 'kept' : 'orphan';
}

async function removed(store: PackageStore, key: string): Promise<boolean> {
  try {
    await store.delete(key);
    return true;
  } catch {
    return false;
  }
}
