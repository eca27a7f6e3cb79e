/** The public HTTP API, one method per call. */
import {
  type Accepted,
  type Comparison,
  type DeadLetter,
  type Explanation,
  type ListOf,
  type Policy,
  type Product,
  type ProductVersion,
  type ShownFinding,
  type ShownRule,
  type Task,
  type ToldFact,
} from '@tributary/http-api';
import { Door, type DoorOptions, type DoorRequest, type QueryValue } from './door';
import { type Download, isRecord, lackOf, lackOfList, needs, type Needs, type PackageIndex, type Page, type PolicyRevision, type Readiness } from './documents';
import { StrangeAnswer } from './failures';
import { follow, type FollowOptions, type PositionedFact } from './follow';
import { type Pace, realPace } from './pace';
import { documentIn, recordIn } from './read-answer';
import { upload, type UploadSource } from './upload';

export interface ApiClientOptions extends DoorOptions {
  /** Chance and timers of waits between attempts. */
  readonly pace?: Pace;
}

/** What every call takes. */
export interface Ask {
  readonly signal?: AbortSignal | undefined;
}

export interface TasksQuery extends Page {
  readonly product?: string | undefined;
  readonly version?: string | undefined;
  readonly status?: string | undefined;
}
export type FactsQuery = Page;
export interface FindingsQuery extends Page {
  readonly type?: string | undefined;
  readonly severity?: string | undefined;
  readonly rule?: string | undefined;
  readonly path?: string | undefined;
}
export interface DeadLettersQuery extends Page {
  readonly factId?: string | undefined;
  readonly topic?: string | undefined;
  readonly group?: string | undefined;
  readonly state?: string | undefined;
}
export interface Compared {
  readonly base: string;
  readonly head: string;
}

const gate = '/api/v1/gate';
const letters = '/api/v1/dead-letters';

/** Every method rejects with `ApiProblem`, `Unreachable` or `StrangeAnswer`, or with the reason of the signal that ended it. */
export class ApiClient {
  readonly #door: Door;
  readonly #pace: Pace;

  constructor({ pace = realPace, ...options }: ApiClientOptions) {
    this.#door = new Door(options);
    this.#pace = pace;
  }

  tasks(query: TasksQuery = {}, ask: Ask = {}): Promise<ListOf<Task>> {
    return this.#list<Task>(`${gate}/tasks`, needs.task, query, ask);
  }

  task(taskId: string, ask: Ask = {}): Promise<Task> {
    return this.#read<Task>(taskPath(taskId), needs.task, ask);
  }

  explanation(taskId: string, ask: Ask = {}): Promise<Explanation> {
    return this.#read<Explanation>(`${taskPath(taskId)}/explanation`, needs.explanation, ask);
  }

  facts(taskId: string, page: FactsQuery = {}, ask: Ask = {}): Promise<ListOf<ToldFact>> {
    return this.#list<ToldFact>(`${taskPath(taskId)}/facts`, needs.fact, page, ask);
  }

  findings(taskId: string, query: FindingsQuery = {}, ask: Ask = {}): Promise<ListOf<ShownFinding>> {
    return this.#list<ShownFinding>(`${taskPath(taskId)}/findings`, needs.finding, query, ask);
  }

  /** What the package holds, or why nobody reads it. 404 until a worker has made the index. */
  packageIndex(taskId: string, ask: Ask = {}): Promise<PackageIndex> {
    return this.#read<PackageIndex>(`${taskPath(taskId)}/index`, { kind: 'string' }, ask);
  }

  /** What the workers of a task say about their rules. */
  rules(taskId: string, ask: Ask = {}): Promise<ListOf<ShownRule>> {
    return this.#list<ShownRule>(`${taskPath(taskId)}/rules`, needs.rule, {}, ask);
  }

  /** A part of the package as it was uploaded; `end` is exclusive. */
  async packageBytes(taskId: string, { start, end }: { readonly start: number; readonly end: number }, { signal }: Ask = {}): Promise<ArrayBuffer> {
    const path = `${taskPath(taskId)}/package`;
    const response = await this.#door.open(path, { headers: { range: `bytes=${start}-${end - 1}` }, signal });
    if (response.status !== 206) throw new StrangeAnswer(this.#door.addressOf(path), response.status, 'not the part that was asked for');
    return await response.arrayBuffer();
  }

  /** The canonical verdict: its bytes as they were hashed, in `text`. */
  async verdict(
    taskId: string,
    revision?: number,
    { signal }: Ask = {},
  ): Promise<{ readonly text: string; readonly verdict: Readonly<Record<string, unknown>> }> {
    const path = `${taskPath(taskId)}/verdict`;
    const text = await (await this.#door.open(path, { query: { revision }, signal })).text();
    return { text, verdict: recordIn(text, this.#door.addressOf(path)) };
  }

  /** `format`: json, sarif, junit, html, csv, xlsx. */
  async report(taskId: string, format: string, { signal }: Ask = {}): Promise<Download> {
    const response = await this.#door.open(`${taskPath(taskId)}/report`, { query: { format }, signal });
    const { headers, body } = response;
    if (!body) throw new StrangeAnswer(response.url, response.status, 'without a report');
    return {
      fileName: /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '')?.[1] ?? `report.${format}`,
      mediaType: headers.get('content-type') ?? 'application/octet-stream',
      stream: body,
      blob: () => response.blob(),
    };
  }

  cancel(taskId: string, reason?: string, ask: Ask = {}): Promise<Readonly<Record<string, unknown>>> {
    return this.#post(`${taskPath(taskId)}/cancel`, reason, needs.any, ask);
  }

  rescan(taskId: string, reason?: string, ask: Ask = {}): Promise<Readonly<Record<string, unknown>>> {
    return this.#post(`${taskPath(taskId)}/rescan`, reason, needs.any, ask);
  }

  /** The facts of a task, each once and in order, over lost connections; ends when there is a verdict and no round is open. */
  follow(taskId: string, options: FollowOptions = {}): AsyncGenerator<PositionedFact> {
    const task = (signal: AbortSignal | undefined): Promise<Task> => this.task(taskId, { signal });
    return follow({ door: this.#door, pace: this.#pace, task }, `${taskPath(taskId)}/events`, options);
  }

  upload(source: UploadSource): Promise<Accepted> {
    return upload({ door: this.#door, pace: this.#pace }, source);
  }

  /** The URL and the headers of a request that somebody else sends: an upload with progress in a browser, a link to a report. */
  requestTo(path: string, query: Readonly<Record<string, QueryValue>> = {}): { readonly url: string; readonly headers: Readonly<Record<string, string>> } {
    return { url: this.#door.addressOf(path, query), headers: this.#door.headers() };
  }

  products(page: Page = {}, ask: Ask = {}): Promise<ListOf<Product>> {
    return this.#list<Product>(`${gate}/products`, needs.product, page, ask);
  }

  versions(product: string, page: Page = {}, ask: Ask = {}): Promise<ListOf<ProductVersion>> {
    return this.#list<ProductVersion>(`${gate}/products/${encodeURIComponent(product)}/versions`, needs.version, page, ask);
  }

  compare(product: string, { base, head }: Compared, ask: Ask = {}): Promise<Comparison> {
    return this.#read<Comparison>(`${gate}/products/${encodeURIComponent(product)}/compare`, needs.comparison, ask, { query: { base, head } });
  }

  policies(page: Page = {}, ask: Ask = {}): Promise<ListOf<Policy>> {
    return this.#list<Policy>(`${gate}/policies`, needs.policy, page, ask);
  }

  policy(policyId: string, ask: Ask = {}): Promise<PolicyRevision> {
    return this.#policy(policyPath(policyId), { signal: ask.signal });
  }

  /** `ifMatch`: the `etag` that was read; a lost race is an `ApiProblem` of 412. */
  putPolicy(policyId: string, document: unknown, { ifMatch, signal }: Ask & { readonly ifMatch?: string | undefined } = {}): Promise<PolicyRevision> {
    const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch };
    return this.#policy(policyPath(policyId), { method: 'PUT', json: document, headers, signal });
  }

  policyRevisions(policyId: string, page: Page = {}, ask: Ask = {}): Promise<ListOf<PolicyRevision>> {
    return this.#list<PolicyRevision>(`${policyPath(policyId)}/revisions`, needs.policy, page, ask);
  }

  deadLetters(query: DeadLettersQuery = {}, ask: Ask = {}): Promise<ListOf<DeadLetter>> {
    return this.#list<DeadLetter>(letters, needs.deadLetter, query, ask);
  }

  replay(id: string, reason?: string, ask: Ask = {}): Promise<DeadLetter> {
    return this.#post<DeadLetter>(`${letters}/${encodeURIComponent(id)}/replay`, reason, needs.deadLetter, ask);
  }

  discard(id: string, reason?: string, ask: Ask = {}): Promise<DeadLetter> {
    return this.#post<DeadLetter>(`${letters}/${encodeURIComponent(id)}/discard`, reason, needs.deadLetter, ask);
  }

  /** Resolves when the process lives. */
  async health({ signal }: Ask = {}): Promise<void> {
    await this.#read('/healthz', { status: 'string' }, { signal }, { answerMsMax: 5_000 });
  }

  /** Resolves also when the server says that it is not ready. */
  async ready({ signal }: Ask = {}): Promise<Readiness> {
    // A 503 is an answer, too: it names what is missing.
    const response = await this.#door.open('/readyz', { signal, answerMsMax: 10_000, answers: [503] });
    const document: unknown = await response.json().catch(() => undefined);
    const missing = isRecord(document) && Array.isArray(document['missing']) ? document['missing'].map(String) : undefined;
    if (!missing) throw new StrangeAnswer(this.#door.addressOf('/readyz'), response.status, 'it does not say what is missing');
    const at = Date.parse(response.headers.get('date') ?? '');
    return { ready: response.ok, missing, ...(!Number.isNaN(at) && { serverTimeMs: at }) };
  }

  /** Of the API, as the server describes it. */
  async apiVersion({ signal }: Ask = {}): Promise<string | undefined> {
    const { info } = await this.#read<{ readonly info: { readonly version?: unknown } }>('/openapi.json', { info: 'object' }, { signal });
    return typeof info.version === 'string' ? info.version : undefined;
  }

  async #policy(path: string, request: DoorRequest): Promise<PolicyRevision> {
    const response = await this.#door.open(path, request);
    const document = await documentIn<Policy>(response, this.#door.addressOf(path), (value) => lackOf(value, needs.policy));
    const etag = response.headers.get('etag');
    return { ...document, ...(etag !== null && { etag }) };
  }

  #read<T>(path: string, wanted: Needs, { signal }: Ask, request: DoorRequest = {}): Promise<T> {
    return this.#door.read<T>(path, (value) => lackOf(value, wanted), { ...request, signal });
  }

  #list<T>(path: string, each: Needs, query: object, { signal }: Ask): Promise<ListOf<T>> {
    return this.#door.read<ListOf<T>>(path, (value) => lackOfList(value, each), { query: query as Readonly<Record<string, QueryValue>>, signal });
  }

  #post<T>(path: string, reason: string | undefined, wanted: Needs, { signal }: Ask): Promise<T> {
    return this.#read<T>(path, wanted, { signal }, { method: 'POST', json: reason === undefined ? {} : { reason } });
  }
}

function taskPath(taskId: string): string {
  return `${gate}/tasks/${encodeURIComponent(taskId)}`;
}

function policyPath(policyId: string): string {
  return `${gate}/policies/${encodeURIComponent(policyId)}`;
}
