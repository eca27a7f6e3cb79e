/** A service behind the door: asked over HTTP, its answers handed on as streams. */
import { type Bilingual, type Problem } from '@tributary/service-kit';
import { Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Readable } from 'node:stream';
import { unavailable } from '../availability';

export interface UpstreamOptions {
  /** `http://host:port` of its replicas, separated by commas. */
  readonly url: string;
  /** `COORDINATOR`: part of the code that clients see when it is away. */
  readonly code: string;
  readonly name: Bilingual;
  /** Until the first byte of the answer, ms. */
  readonly answerMsMax?: number;
}

export interface UpstreamRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
  /** Aborts the request, also while its answer streams. */
  readonly signal?: AbortSignal;
  readonly answerMsMax?: number;
}

/** What a service says to another: small and complete. */
export interface UpstreamJson {
  readonly status: number;
  readonly body: unknown;
}

const jsonBytesMax = 8 * 1024 * 1024;

export class Upstream {
  /** The replica that answered last comes first. */
  #bases: readonly URL[];
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 32 });

  constructor(private readonly options: UpstreamOptions) {
    this.#bases = options.url.split(',').map((url) => new URL(url.trim()));
  }

  /** Resolves with the head of the answer. Rejects with a `Problem` (503) when the service cannot be reached. */
  async open(request: UpstreamRequest): Promise<IncomingMessage> {
    for (const base of this.#bases) {
      try {
        const answer = await this.#sendTwice(base, request);
        if (base !== this.#bases[0]) this.#bases = [base, ...this.#bases.filter((other) => other !== base)];
        return answer;
      } catch (error) {
        // Nobody listens there, so nothing was sent: another replica may be asked.
        if (!isRefused(error) || isStream(request.body) || base === this.#bases.at(-1)) return this.#away(error);
      }
    }
    return this.#away(new Error('no replica is named'));
  }

  async #sendTwice(base: URL, request: UpstreamRequest): Promise<IncomingMessage> {
    try {
      return await this.#send(base, request);
    } catch (error) {
      // The service has closed an idle connection just when it was taken again: nothing was lost.
      if (request.method === 'GET' && error instanceof StaleConnection) return await this.#send(base, request);
      throw error;
    }
  }

  /** A whole answer. Rejects with a `Problem` (503) when the service cannot be reached or does not speak JSON. */
  async json(path: string, headers: Readonly<Record<string, string>> = {}, answerMsMax = 5_000): Promise<UpstreamJson> {
    const answer = await this.open({ method: 'GET', path, headers, answerMsMax });
    try {
      const text = await readAll(answer);
      return { status: answer.statusCode ?? 502, body: text === '' ? undefined : JSON.parse(text) };
    } catch (error) {
      return this.#away(error);
    }
  }

  /** Whether it lives; never rejects. */
  async reachable(): Promise<boolean> {
    try {
      const answer = await this.open({ method: 'GET', path: '/healthz', answerMsMax: 2_000 });
      answer.resume();
      return answer.statusCode === 200;
    } catch {
      return false;
    }
  }

  /** Ends connections that nobody uses. */
  close(): void {
    this.#agent.destroy();
  }

  async #send(base: URL, { method, path, headers = {}, body, signal, answerMsMax }: UpstreamRequest): Promise<IncomingMessage> {
    const send = base.protocol === 'https:' ? httpsRequest : httpRequest;
    const target = new URL(path, base);
    // Only what may be sent twice travels over connections that may be closing.
    const agent = method === 'GET' && base.protocol === 'http:' ? { agent: this.#agent } : {};
    return await new Promise<IncomingMessage>((resolve, reject) => {
      const request = send(target, { method, headers, ...agent, ...(signal && { signal }) });
      const timer = setTimeout(() => request.destroy(new Error('no answer in time')), answerMsMax ?? this.options.answerMsMax ?? 30_000);
      request.once('response', (answer) => {
        clearTimeout(timer);
        // Whoever reads the answer hears of its errors; one that nobody reads must not end the process.
        answer.on('error', () => undefined);
        resolve(answer);
      });
      request.on('error', (error) => {
        clearTimeout(timer);
        reject(request.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET' ? new StaleConnection() : error);
      });
      sendBody(request, body);
    });
  }

  readonly #away = (error: unknown): never => {
    throw this.problem(error);
  };

  problem(cause: unknown): Problem {
    const { code, name } = this.options;
    const problem = unavailable(`${code}_UNAVAILABLE`, { en: `${name.en} cannot be reached; try again.`, zh: `${name.zh}暂时不可用，请稍后重试。` });
    problem.cause = cause;
    return problem;
  }
}

class StaleConnection extends Error {}

/** What was streamed once cannot be streamed again. */
function isStream(body: string | Readable | undefined): boolean {
  return body !== undefined && typeof body !== 'string';
}

function isRefused(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EHOSTUNREACH';
}

function sendBody(request: ClientRequest, body: string | Readable | undefined): void {
  if (body === undefined || typeof body === 'string') {
    request.end(body);
    return;
  }
  body.pipe(request);
  body.once('error', (error) => request.destroy(error));
  body.once('close', () => {
    if (!body.readableEnded) request.destroy(new Error('the body broke off'));
  });
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > jsonBytesMax) throw new Error(`an answer of more than ${jsonBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
