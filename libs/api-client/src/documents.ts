/** Documents of the API that have no shape of their own in libs/http-api, and what is checked of every answer. */
import { type ListOf, type Policy } from '@tributary/http-api';

/** Where a list begins and how much of it comes: at most 500 items. */
export interface Page {
  readonly limit?: number | undefined;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** A policy with what it takes to change it. */
export interface PolicyRevision extends Policy {
  /** For `If-Match`; from the header. */
  readonly etag?: string;
}

export interface Readiness {
  readonly ready: boolean;
  /** What the server lacks, in its own words. */
  readonly missing: readonly string[];
  /** Of the server by its `Date` header, ms since 1970; whole seconds. */
  readonly serverTimeMs?: number;
}

/** Where an entry's bytes stand in the package. */
export interface PackageEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** Inflated, in bytes. */
  readonly size: number;
  readonly compressedSize: number;
  readonly method: 'stored' | 'deflated';
  readonly dataOffset: number;
}

export type PackageIndex = { readonly kind: 'manifest'; readonly entries: readonly PackageEntry[] } | { readonly kind: 'refusal'; readonly code: string };

/** A report as it arrives. */
export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly stream: ReadableStream<Uint8Array>;
  blob(): Promise<Blob>;
}

type Kind = 'string' | 'number' | 'object' | 'array';
/** What has to be there for us to work with a document; everything else is taken as it comes, so that servers may grow. */
export type Needs = Readonly<Record<string, Kind>>;

export const needs = {
  task: {
    taskId: 'string',
    status: 'string',
    revision: 'number',
    product: 'string',
    version: 'string',
    package: 'object',
    participants: 'array',
    window: 'object',
  },
  explanation: { status: 'string', revision: 'number', witness: 'array', participants: 'array', conflicts: 'array', counterfactuals: 'array', text: 'string' },
  fact: { id: 'string', type: 'string', source: 'string', time: 'string', data: 'object' },
  finding: { type: 'string', ruleId: 'string', severity: 'string', message: 'string', location: 'object', fingerprint: 'string' },
  rule: { type: 'string', id: 'string' },
  version: { version: 'string', taskId: 'string', status: 'string' },
  product: { product: 'string', versions: 'number', latest: 'object' },
  comparison: { new: 'array', fixed: 'array', unchanged: 'array' },
  deadLetter: { id: 'string', topic: 'string', group: 'string', reason: 'string', detail: 'string', at: 'string', state: 'string' },
  accepted: { taskId: 'string', status: 'string', message: 'string', package: 'object', links: 'object' },
  policy: { id: 'string', revision: 'number', participationMs: 'number', gapMs: 'number', deadlineMs: 'number', rules: 'array' },
  list: { items: 'array' },
  any: {},
} as const satisfies Record<string, Needs>;

/** The first member that is not as it must be; undefined when all are. */
export function lackOf(value: unknown, wanted: Needs): string | undefined {
  if (!isRecord(value)) return 'an object';
  return Object.entries(wanted).find(([name, kind]) => kindOf(value[name]) !== kind)?.[0];
}

/** The first fault of a list or of one of its items. */
export function lackOfList(value: unknown, each: Needs): string | undefined {
  const whole = lackOf(value, needs.list);
  if (whole !== undefined) return whole;
  const { items } = value as ListOf<unknown>;
  for (const [index, item] of items.entries()) {
    const lack = lackOf(item, each);
    if (lack !== undefined) return `items/${index}/${lack}`;
  }
  return undefined;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
