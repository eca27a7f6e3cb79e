/** A worker's configuration is a fact: it is kept, and the next claim uses it. One that the worker cannot use is a dead letter that says why. */
import { type WorkerConfigPublished } from '@tributary/facts';
import { type Delivery, type Exception, type Handler } from '@tributary/fact-bus';
import { configFor, type PublishedConfig } from '../definition/worker-config';
import { type WorkerSummary } from '../definition/worker-definition';
import { type RunMemory } from '../runs/run.memory';

export function configFactsHandler(summary: WorkerSummary, memory: RunMemory): Handler {
  return async (batch, tx) => {
    const exceptions: Exception[] = [];
    for (const delivery of batch) {
      const published = publishedFor(summary, delivery);
      if (!published) continue;
      const because = faultOf(summary, published);
      if (because === undefined) await memory.saveConfig(tx, delivery.fact.tenant, published);
      else exceptions.push({ kind: 'never', delivery, code: 'INVALID_CONFIG', because });
    }
    return exceptions;
  };
}

function publishedFor({ subTaskType }: WorkerSummary, { fact }: Delivery): PublishedConfig | undefined {
  if (fact.type !== 'WorkerConfigPublished') return undefined;
  const { subTaskType: whose, revision, config, products } = fact.data as WorkerConfigPublished['data'];
  return whose === subTaskType ? { revision, config, products } : undefined;
}

/** The base must be usable, and so must every product's. */
function faultOf({ configSchema }: WorkerSummary, published: PublishedConfig): string | undefined {
  const candidates = [
    ['config', published.config] as const,
    ...Object.keys(published.products).map((name) => [`products.${name}`, configFor(name, published)] as const),
  ];
  for (const [place, config] of candidates) {
    const parsed = configSchema.safeParse(config);
    const [issue] = parsed.success ? [] : parsed.error.issues;
    if (issue) return `${[place, ...issue.path.map(String)].join('.')}: ${issue.message}`;
  }
  return undefined;
}
