/** What the gateway lacks before it can do its work: not the bus, for what it tells is kept until the bus is back. Each with a limit: a probe that hangs is a probe that failed. */
import { type PackageStore } from '@tributary/package-store';
import { type Upstream } from './upstream/upstream';

export interface Probed {
  readonly probeDatabase: () => Promise<void>;
  readonly store: Pick<PackageStore, 'probe'>;
  readonly coordinator: Pick<Upstream, 'reachable'>;
  readonly definition: Pick<Upstream, 'reachable'>;
}

const probeMsMax = 2_500;

export function missingOf({ probeDatabase, store, coordinator, definition }: Probed): () => Promise<readonly string[]> {
  const probes: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['the database', probeDatabase],
    ['the package store', () => store.probe()],
    ['the coordinator', () => reached(coordinator)],
    ['the definition service', () => reached(definition)],
  ];
  return async () => {
    const found = await Promise.all(probes.map(async ([what, probe]) => ((await answers(probe)) ? [] : [what])));
    return found.flat();
  };
}

async function reached(upstream: Pick<Upstream, 'reachable'>): Promise<void> {
  if (!(await upstream.reachable())) throw new Error('not reachable');
}

function answers(probe: () => Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, probeMsMax, false);
    const settle = (answered: boolean): void => {
      clearTimeout(timer);
      resolve(answered);
    };
    probe().then(
      () => {
        settle(true);
      },
      () => {
        settle(false);
      },
    );
  });
}
