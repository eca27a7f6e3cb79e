/** What is forgotten with time: idempotency keys after a day. */
import { type ServiceContext } from '@tributary/service-kit';
import { keyKeptMs } from './upload/upload-package';
import { type UploadMemory } from './upload/upload.memory';

const everyMs = 3_600_000;

/** Runs at once and every hour; answers how to stop it. */
export function housekeeping({ clock, log }: Pick<ServiceContext, 'clock' | 'log'>, uploads: Pick<UploadMemory, 'forgetKeys'>): () => void {
  let cancel: () => void = () => undefined;
  const run = (): void => {
    uploads.forgetKeys(clock.now() - keyKeptMs).catch((error: unknown) => {
      log.warn({ err: error }, 'expired idempotency keys could not be forgotten');
    });
    cancel = clock.after(everyMs, run);
  };
  run();
  return () => {
    cancel();
  };
}
