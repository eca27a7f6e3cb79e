/** How long a person waits for the first 200 of `/readyz`. */
import { startSystem, type SystemOptions } from '../testing/system';
import { type Measured } from './figures';

const coldRuns = 3;

/** Cold: a new data folder, the database is made. Warm: the same folder again. Bundles are built already. */
export async function startTimes(name: string, options: SystemOptions, runs = coldRuns): Promise<Measured[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run < runs; run++) {
    const first = await startSystem(options);
    cold.push(first.readyAfterMs);
    await first.stop({ keepData: true });
    const second = await startSystem(options, first);
    warm.push(second.readyAfterMs);
    await second.stop();
  }
  return [
    { what: `${name}: cold start`, unit: 'ms', values: cold, note: 'new data folder' },
    { what: `${name}: warm start`, unit: 'ms', values: warm, note: 'the same folder again' },
  ];
}
