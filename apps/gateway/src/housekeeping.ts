/** What is forgotten with time: idempotency keys after a day, bytes in the store that no upload stands for, and packages past their days. */
import { type PackageStore, sweep } from '@tributary/package-store';
import { type ServiceContext } from '@tributary/service-kit';
import { keyKeptMs } from './upload/upload-package';
import { type UploadMemory } from './upload/upload.memory';

const everyMs = 3_600_000;
/** Longer than any upload takes, and than a commit can stay in doubt. */
const dayMs = 86_400_000;
const orphanAfterMs = dayMs;
const deletionsMax = 1_000;
const tenant = 'default';

export interface Kept {
  readonly uploads: Pick<UploadMemory, 'forgetKeys' | 'find'>;
  readonly store: PackageStore;
  /** Undefined: packages are kept for ever. */
  readonly packageDays?: number | undefined;
}

/** Runs at once and every hour; answers how to stop it. */
export function housekeeping({ clock, log }: Pick<ServiceContext, 'clock' | 'log'>, { uploads, store, packageDays }: Kept): () => void {
  const stopped = new AbortController();
  let cancel: () => void = () => undefined;
  const tidy = async (): Promise<void> => {
    await uploads.forgetKeys(clock.now() - keyKeptMs);
    const report = await sweep(store, {
      prefix: 'tasks/',
      now: new Date(clock.now()),
      ...{ orphanAfterMs, leftoverAfterMs: orphanAfterMs, deletionsMax },
      referenced: async (key) => (await uploads.find(tenant, key.split('/')[1] ?? '')) !== undefined,
      ...(packageDays !== undefined && { retainMs: (key: string) => (key.endsWith('/package.zip') ? packageDays * dayMs : undefined) }),
      signal: stopped.signal,
    });
    if (report.orphans + report.leftovers + report.expired > 0) log.info(report, 'removed bytes that no upload stands for, or that are past their days');
  };
  const run = (): void => {
    tidy().catch((error: unknown) => {
      if (!stopped.signal.aborted) log.warn({ err: error }, 'not everything that is past its time could be removed; the next hour tries again');
    });
    cancel = clock.after(everyMs, run);
  };
  run();
  return () => {
    stopped.abort();
    cancel();
  };
}
