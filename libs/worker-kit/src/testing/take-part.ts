/** What a worker tells of a package, from the invitation to its end, in a world that is all memory: for tests of workers. */
import { type Fact } from '@tributary/facts';
import { InMemoryPackageStore } from '@tributary/package-store';
import { type WorkerService } from '../definition/worker-definition';
import { ScanSession } from '../scan/scan-session';
import { type ScanJob } from '../worker/scan-runner';
import { WorkerWorld } from './worker-world';
import { zipOf, type ZipFile } from './zip';

const ends = ['SubTaskDeclined', 'SubTaskCompleted', 'SubTaskFailed'];

/** The facts in the order in which they were told; the last one is the end. Rejects when none comes. */
export async function takePart({ service, summary, definition }: WorkerService, files: readonly ZipFile[] | Buffer): Promise<readonly Fact[]> {
  const world = new WorkerWorld();
  await world.listen();
  const store = new InMemoryPackageStore(() => new Date(0));
  await store.put('tasks/t1/package.zip', oneChunk(Buffer.isBuffer(files) ? files : zipOf(files)));
  const known = await definition();
  const silent = { onFile: () => undefined, onProgress: () => undefined, onNote: () => undefined };
  const session = (job: ScanJob): ScanSession => new ScanSession({ definition: known, store, job, signal: new AbortController().signal, ...silent });
  await world.start({ consider: (job) => session(job).consider(), scan: (job) => session(job).scan() }, undefined, { service, summary });
  await world.publish(world.created('t1'));
  await world.until(() => world.told.some(({ type }) => ends.includes(type)));
  if (!world.told.some(({ type }) => ends.includes(type))) throw new Error(`${service} never came to an end; it told: ${JSON.stringify(world.told)}`);
  return world.told;
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
