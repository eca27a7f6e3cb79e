/** One request to the API and its answer: address, headers, limits of time, errors. */
import { documentIn, problemIn } from './read-answer';
import { Unreachable } from './failures';

export interface DoorOptions {
  /** `http://127.0.0.1:8080`; '' in a browser that has its pages from there. */
  readonly baseUrl: string;
  /** Asked before every request, so that a new one counts at once. */
  readonly token?: (() => string | undefined) | undefined;
  readonly language?: (() => 'en' | 'zh') | undefined;
  readonly fetch?: typeof fetch | undefined;
}

export type QueryValue = string | number | boolean | undefined;

export interface DoorRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; its length stands in the headers where it is known. */
  readonly body?: ReadableStream<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
  /** For the head of the answer; 0: as long as it takes. */
  readonly answerMsMax?: number;
  /** Statuses outside the 200s that are answers, too. */
  readonly answers?: readonly number[];
}

const answerMsDefault = 30_000;
/** Of the document behind the head. */
const documentMsMax = 60_000;

export class Door {
  constructor(private readonly options: DoorOptions) {}

  /** Resolves with an answer of the 200s. Rejects with `ApiProblem`, `StrangeAnswer`, `Unreachable`, or with the signal's reason. */
  async open(path: string, request: DoorRequest = {}): Promise<Response> {
    const url = this.addressOf(path, request.query);
    const { signal, answerMsMax = answerMsDefault } = request;
    const limit = new AbortController();
    const stop = (): void => {
      limit.abort();
    };
    const timer = answerMsMax > 0 ? setTimeout(stop, answerMsMax) : undefined;
    try {
      const response = await this.#fetch(url, request, signal ? AbortSignal.any([signal, limit.signal]) : limit.signal);
      if (response.ok || request.answers?.includes(response.status) === true) return response;
      const body = await response.text();
      throw problemIn({ status: response.status, body, header: (name) => response.headers.get(name) }, url, Date.now());
    } catch (error) {
      throw errorOf(error, url, signal, limit.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /** As `open`, and reads the document to its end. */
  async read<T>(path: string, lack: (value: unknown) => string | undefined, request: DoorRequest = {}): Promise<T> {
    const limit = AbortSignal.timeout(documentMsMax);
    const url = this.addressOf(path, request.query);
    try {
      const response = await this.open(path, { ...request, signal: request.signal ? AbortSignal.any([request.signal, limit]) : limit });
      return await documentIn<T>(response, url, lack);
    } catch (error) {
      throw errorOf(error, url, request.signal, limit);
    }
  }

  addressOf(path: string, query: Readonly<Record<string, QueryValue>> = {}): string {
    const given = Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]));
    const text = new URLSearchParams(given).toString();
    return `${this.options.baseUrl.replace(/\/+$/, '')}${path}${text === '' ? '' : `?${text}`}`;
  }

  /** What every request says, also one that is not sent from here. */
  headers(): Record<string, string> {
    const token = this.options.token?.();
    const language = this.options.language?.() ?? 'en';
    return {
      'accept-language': language === 'zh' ? 'zh-CN' : 'en',
      ...(token !== undefined && token !== '' && { authorization: `Bearer ${token}` }),
    };
  }

  async #fetch(url: string, { method = 'GET', headers, json, body }: DoorRequest, signal: AbortSignal): Promise<Response> {
    const send = this.options.fetch ?? fetch;
    return await send(url, {
      method,
      signal,
      headers: { ...this.headers(), ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body && { body, duplex: 'half' as const }),
    });
  }
}

/** What the caller ended is the caller's; everything else that is no answer is `Unreachable`. */
function errorOf(error: unknown, url: string, signal: AbortSignal | undefined, limit: AbortSignal): unknown {
  if (error instanceof Error && /^(ApiProblem|StrangeAnswer|Unreachable)$/.test(error.name)) return error;
  if (signal?.aborted === true) return signal.reason;
  return limit.aborted ? new Unreachable(url, new Error('no answer in time', { cause: error }), 'TIMEOUT') : new Unreachable(url, error);
}
