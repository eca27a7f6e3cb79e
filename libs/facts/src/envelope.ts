/** Reads a fact's envelope: what our own services write by a few comparisons, everything else by the schema. Both say the same. */
import { z } from 'zod';
import { limits } from './limits';

/** Attribute names of CloudEvents are lower-case letters and digits; unknown ones are kept. */
const Attributes = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  type: z.string().min(1).max(limits.nameLengthMax),
  source: z.string().min(1).max(limits.uriLengthMax),
  subject: z.string().min(1).max(limits.nameLengthMax),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json').default('application/json'),
  dataschema: z.string().max(limits.uriLengthMax).optional(),
  tenant: z.string().min(1).max(limits.idLengthMax).default('default'),
  aggregatetype: z.string().max(limits.nameLengthMax).optional(),
  aggregateversion: z.coerce.number().int().min(0).optional(),
  traceparent: z.string().max(limits.nameLengthMax).optional(),
  tracestate: z.string().max(limits.uriLengthMax).optional(),
  actor: z.string().max(limits.nameLengthMax).optional(),
  causedby: z.string().max(limits.nameLengthMax).optional(),
  data: z.looseObject({}),
});
export type ReadEnvelope = z.infer<typeof Attributes>;

export type EnvelopeReading = { readonly success: true; readonly data: ReadEnvelope } | { readonly success: false; readonly error: z.ZodError };

type Raw = Readonly<Record<string, unknown>>;

/** `raw` is structured-mode CloudEvents as a value. */
export function readEnvelope(raw: object): EnvelopeReading {
  const plain = readPlainEnvelope(raw as Raw);
  return plain ? { success: true, data: plain } : readAnyEnvelope(raw);
}

export function readAnyEnvelope(raw: object): EnvelopeReading {
  return Attributes.safeParse(raw);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** UTC, and no day that some months lack. */
const plainTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const optionalTexts = [
  ['dataschema', limits.uriLengthMax],
  ['aggregatetype', limits.nameLengthMax],
  ['traceparent', limits.nameLengthMax],
  ['tracestate', limits.uriLengthMax],
  ['actor', limits.nameLengthMax],
  ['causedby', limits.nameLengthMax],
] as const;

/** The envelope where it is certainly valid and nothing of it has to be filled in or converted; undefined: ask the schema. */
export function readPlainEnvelope(raw: Raw): ReadEnvelope | undefined {
  const { id, time, data, aggregateversion } = raw;
  if (raw['specversion'] !== '1.0' || raw['datacontenttype'] !== 'application/json') return undefined;
  if (typeof id !== 'string' || !uuid.test(id) || typeof time !== 'string' || !plainTime.test(time)) return undefined;
  if (!isText(raw['type'], limits.nameLengthMax) || !isText(raw['source'], limits.uriLengthMax)) return undefined;
  if (!isText(raw['subject'], limits.nameLengthMax) || !isText(raw['tenant'], limits.idLengthMax)) return undefined;
  if (!optionalTexts.every(([name, lengthMax]) => isAbsentOrText(raw[name], lengthMax))) return undefined;
  if (aggregateversion !== undefined && !(Number.isSafeInteger(aggregateversion) && (aggregateversion as number) >= 0)) return undefined;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  // A key that is no plain property for everybody.
  if (Object.hasOwn(raw, '__proto__') || Object.hasOwn(data, '__proto__')) return undefined;
  return raw as ReadEnvelope;
}

function isText(value: unknown, lengthMax: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= lengthMax;
}

function isAbsentOrText(value: unknown, lengthMax: number): boolean {
  return value === undefined || (typeof value === 'string' && value.length <= lengthMax);
}
