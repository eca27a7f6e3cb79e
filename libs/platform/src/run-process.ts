/** Runs what a process consists of until it is told to stop: one signal drains, a second one ends at once. */
import { ConfigurationError, type RunningService } from '@tributary/service-kit';
import { StopWish } from './stop-wish';

export interface Running {
  readonly services: readonly RunningService[];
  /** After the services have stopped. */
  close(): Promise<void>;
}

/** Milliseconds that a drain may take. */
const graceMs = 14_000;

/** Stops the services in the reverse order of their start. */
export async function stopAll(running: Running): Promise<void> {
  for (const service of running.services.toReversed()) await service.stop();
  await running.close();
}

/** Never rejects: a start that fails says why in a sentence and sets the exit code. */
export async function runProcess(start: () => Promise<Running>, sentence: (error: unknown) => string | undefined = () => undefined): Promise<void> {
  const wish = new StopWish();
  let running: Running | undefined;
  const stop = async (signal: string): Promise<void> => {
    const meant = wish.heard();
    if (meant === 'end at once') process.exit(130);
    if (meant === 'echo') return;
    const late = setTimeout(() => {
      process.stderr.write(`Still busy ${graceMs / 1000} s after ${signal}; ending now. Nothing is lost: what was under way goes on with the next start.\n`);
      process.exit(1);
    }, graceMs);
    late.unref();
    if (running) await stopAll(running);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      });
    });
  }
  try {
    running = await start();
  } catch (error) {
    const text = error instanceof ConfigurationError ? error.message : sentence(error);
    process.stderr.write(`${text ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
    process.exit(1);
  }
}
