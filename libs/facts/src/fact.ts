/** What a fact is: a CloudEvents 1.0 envelope around validated data; `defineFact` makes the kinds. */
import { type z } from 'zod';
import { type Topic } from './topics';

/** Structured-mode CloudEvents attributes and this project's extensions. Immutable: nobody changes what has happened. */
export interface Envelope {
  readonly specversion: '1.0';
  /** A UUID: v7, or v5 of cause and purpose, so that telling again tells the same fact. */
  readonly id: string;
  readonly type: string;
  /** `/tributary/<service>`, or a foreign worker's own URI reference. */
  readonly source: string;
  /** The aggregate's id, and the key on the bus. */
  readonly subject: string;
  /** RFC 3339, UTC, milliseconds; for people: no decision reads it. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** `/schemas/<Fact>/<version>` */
  readonly dataschema: string;
  readonly tenant: string;
  readonly aggregatetype?: string;
  readonly aggregateversion?: number;
  readonly traceparent?: string;
  readonly tracestate?: string;
  /** Who caused it. */
  readonly actor?: string;
  /** The id of the fact or request that led to this one. */
  readonly causedby?: string;
}

export interface Fact<Type extends string = string, Data = Readonly<Record<string, unknown>>> extends Envelope {
  readonly type: Type;
  readonly data: Data;
}

/** Turns data of one version into data of the next. Pure. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

export interface FactDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly name: Type;
  readonly topic: Topic;
  readonly aggregate: string;
  /** The current version; all versions below it that have an upcaster are accepted. */
  readonly version: number;
  readonly schema: Schema;
  /** Upcasters by the version they start from. */
  readonly upcasters: Readonly<Record<number, Upcaster>>;
  /** One sentence for people. */
  readonly says: string;
  /** Who publishes it. */
  readonly publisher: string;
}

export function defineFact<Type extends string, Schema extends z.ZodType>(
  definition: Omit<FactDefinition<Type, Schema>, 'upcasters' | 'version'> & { version?: number; upcasters?: Readonly<Record<number, Upcaster>> },
): FactDefinition<Type, Schema> {
  return { version: 1, upcasters: {}, ...definition };
}

/** The fact that a definition defines. */
export type FactOf<D> = D extends FactDefinition<infer Type, infer Schema> ? Fact<Type, z.infer<Schema>> : never;

/** What a publisher says; the bus and the kit add nothing but the envelope's fixed attributes. */
export interface NewFact<Type extends string, Data> {
  readonly id: string;
  readonly source: string;
  readonly subject: string;
  readonly time: string;
  readonly tenant?: string;
  readonly aggregateversion?: number;
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
  readonly actor?: string | undefined;
  readonly causedby?: string | undefined;
  readonly type?: Type;
  readonly data: Data;
}

/** A complete fact of this definition. The data is validated where it is appended to the bus, once. */
export function makeFact<Type extends string, Schema extends z.ZodType>(
  definition: FactDefinition<Type, Schema>,
  { id, source, subject, time, tenant = 'default', data, ...optional }: NewFact<Type, z.input<Schema>>,
): Fact<Type, z.infer<Schema>> {
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    specversion: '1.0',
    id,
    type: definition.name,
    source,
    subject,
    time,
    datacontenttype: 'application/json',
    dataschema: `/schemas/${definition.name}/${String(definition.version)}`,
    tenant,
    aggregatetype: definition.aggregate,
    ...given,
    data: data as z.infer<Schema>,
  };
}
