/** From what came off a bus to a valid fact, or the reason why it is none. Never throws. */
import { type z } from 'zod';
import { definitionOf } from './catalogue';
import { readEnvelope, type ReadEnvelope } from './envelope';
import { type Fact, type FactDefinition } from './fact';
import { limits } from './limits';

export type ParseRefusal = 'MALFORMED' | 'TOO_DEEP' | 'INVALID_ENVELOPE' | 'UNKNOWN_VERSION' | 'INVALID_DATA' | 'KEY_MISMATCH';
export type Parsed =
  /** `said` is the data as it came, before upcasting: what the payload hash is over. */
  | { readonly kind: 'fact'; readonly fact: Fact; readonly said: Readonly<Record<string, unknown>> }
  /** Not ours to read: skipped, not an error. */
  | { readonly kind: 'unknown'; readonly type: string }
  | { readonly kind: 'refused'; readonly code: ParseRefusal; readonly detail: string };

/** `raw` is structured-mode CloudEvents as a value. `key` is the bus key, which must agree with the subject. */
export function parseFact(raw: unknown, key?: string): Parsed {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return refused('MALFORMED', 'not a JSON object');
  if (!shallowerThan(raw, limits.depthMax)) return refused('TOO_DEEP', `nested deeper than ${String(limits.depthMax)} levels`);
  const type: unknown = (raw as Record<string, unknown>)['type'];
  const definition = typeof type === 'string' ? definitionOf(type) : undefined;
  if (typeof type === 'string' && type.length > 0 && !definition) return { kind: 'unknown', type: type.slice(0, limits.nameLengthMax) };
  const envelope = readEnvelope(raw);
  if (!envelope.success) return refused('INVALID_ENVELOPE', firstIssue(envelope.error));
  if (!definition) return refused('INVALID_ENVELOPE', 'no type');
  if (key !== undefined && envelope.data.subject !== key) return refused('KEY_MISMATCH', `subject ${envelope.data.subject} under the key ${key}`);
  return withData(definition, envelope.data);
}

function withData(definition: FactDefinition, envelope: ReadEnvelope): Parsed {
  const version = versionOf(definition, envelope);
  if (version === undefined) return refused('UNKNOWN_VERSION', `nobody published ${envelope.dataschema ?? ''}`);
  let data: Readonly<Record<string, unknown>> = envelope.data;
  for (let from = version; from < definition.version; from++) data = definition.upcasters[from]?.(data) ?? data;
  const valid = definition.schema.safeParse(data);
  if (!valid.success) return refused('INVALID_DATA', firstIssue(valid.error));
  const known = valid.data as Record<string, unknown>;
  if ('taskId' in known && known['taskId'] !== envelope.subject) {
    return refused('KEY_MISMATCH', `data.taskId ${String(known['taskId'])} under the subject ${envelope.subject}`);
  }
  const schema = `/schemas/${definition.name}/${String(definition.version)}`;
  return { kind: 'fact', fact: { ...envelope, dataschema: schema, data: known } as Fact, said: envelope.data };
}

/** The published version that the data is in; undefined when nobody published it. A bare fact of the founding text is version 0. */
function versionOf(definition: FactDefinition, { dataschema, data }: ReadEnvelope): number | undefined {
  if (dataschema === undefined) return typeof data['taskId'] === 'number' && 0 in definition.upcasters ? 0 : 1;
  const named = /\/schemas\/([A-Za-z]+)\/(\d{1,6})(?:\.json)?$/.exec(dataschema);
  if (named?.[1] !== definition.name) return undefined;
  const version = Number(named[2]);
  return version === definition.version || version in definition.upcasters ? version : undefined;
}

/** Also stops at the limit on hostile nesting: its own depth is bounded by it. */
export function shallowerThan(value: unknown, depthMax: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  // Values as a list: reading every property by its name takes four times as long, and each fact comes through here twice.
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  if (depthMax <= 0) return inner.length === 0;
  for (const one of inner) if (typeof one === 'object' && one !== null && !shallowerThan(one, depthMax - 1)) return false;
  return true;
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.map(String).join('.') || '(root)'}: ${issue.message}`.slice(0, 500) : 'invalid';
}

function refused(code: ParseRefusal, detail: string): Parsed {
  return { kind: 'refused', code, detail };
}
