/** A new revision of a document: checked, kept, and told as a fact, in one transaction. */
import { canonicalJson, type Fact, makeFact, type PolicyDocument, PolicyPublished, PolicySnapshot, WorkerConfigPublished } from '@tributary/facts';
import { type FactBus, type Transaction } from '@tributary/fact-bus';
import { derivedId, Problem } from '@tributary/service-kit';
import { activeTraceparent } from '@tributary/telemetry';
import { type DefinitionMemory, type Kind, type Revision } from './definition.memory';

export interface PublishDefinitionOptions<T extends Transaction> {
  readonly memory: DefinitionMemory;
  readonly bus: Pick<FactBus<T>, 'publish'>;
  readonly database: { transaction<R>(work: (tx: T) => Promise<R>): Promise<R> };
  readonly now: () => number;
}

export interface ToPublish {
  readonly kind: Kind;
  readonly name: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly by: string;
  /** `If-Match`: the revision that the writer has seen. */
  readonly ifMatch?: string | undefined;
}

export class PublishDefinition<T extends Transaction> {
  constructor(private readonly options: PublishDefinitionOptions<T>) {}

  /** Problem 412 when somebody else was faster. The same document again makes no new revision, in whatever order its keys stand: a database keeps none. */
  async publish({ kind, name, document, by, ifMatch }: ToPublish): Promise<{ readonly revision: Revision; readonly created: boolean }> {
    const { memory, bus, database, now } = this.options;
    return await database.transaction(async (tx) => {
      const known = await memory.lock(tx, kind, name);
      if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== (known ? etagOf(known) : undefined)) throw lostRace(name, known);
      if (known && ifMatch === undefined && canonicalJson(known.document) === canonicalJson(document)) return { revision: known, created: false };
      const revision: Revision = { kind, name, revision: (known?.revision ?? 0) + 1, document, by, at: new Date(now()).toISOString() };
      await memory.add(tx, revision);
      bus.publish(tx, [factOf(revision)]);
      return { revision, created: !known };
    });
  }
}

export function etagOf({ revision }: Revision): string {
  return `"${revision}"`;
}

/** A policy as it is frozen into a task. */
export function snapshotOf({ name, revision, document }: Revision): PolicySnapshot {
  return PolicySnapshot.parse({ id: name, revision, ...(document as PolicyDocument) });
}

function factOf(revision: Revision): Fact {
  const { kind, name, at, by } = revision;
  const shared = {
    id: derivedId(`${kind}/${name}`, 'published', revision.revision),
    source: '/tributary/definition',
    subject: name,
    time: at,
    actor: by,
    traceparent: activeTraceparent(),
  };
  if (kind === 'policy') return makeFact(PolicyPublished, { ...shared, data: { policyId: name, revision: revision.revision, policy: snapshotOf(revision) } });
  const { products = {}, ...config } = revision.document as { products?: Record<string, Record<string, unknown>> };
  return makeFact(WorkerConfigPublished, { ...shared, data: { subTaskType: name, revision: revision.revision, config, products } });
}

function lostRace(name: string, known: Revision | undefined): Problem {
  return new Problem(412, 'REVISION_CHANGED', {
    en: known ? `${name} is at revision ${known.revision} by now; read it again.` : `${name} does not exist.`,
    zh: known ? `${name} 当前版本为 ${known.revision}，请重新读取后再修改。` : `${name} 不存在。`,
  });
}
