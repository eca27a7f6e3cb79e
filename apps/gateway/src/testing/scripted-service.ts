/** A service behind the door that says what a test wrote down, over real HTTP. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Said {
  readonly status?: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of `json`: writes whatever it likes. */
  readonly stream?: (response: ServerResponse) => void;
}

export class ScriptedService {
  readonly heard: Heard[] = [];
  readonly #answers = new Map<string, (heard: Heard) => Said>();
  #server: Server | undefined;

  get url(): string {
    return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}`;
  }

  /** `say('GET /api/x', () => ({ json: {} }))`; whatever has no answer is a 404 problem. */
  say(what: string, answer: (heard: Heard) => Said): void {
    this.#answers.set(what, answer);
  }

  last(): Heard {
    return this.heard.at(-1)!;
  }

  async start(port = 0): Promise<this> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => this.#server?.listen(port, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const heard: Heard = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.search,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    if (heard.path === '/healthz') {
      response.end('{}');
      return;
    }
    this.heard.push(heard);
    const { status = 200, json, headers = {}, stream } = this.#answers.get(`${heard.method} ${heard.path}`)?.(heard) ?? missing;
    response.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json', ...headers });
    if (stream) stream(response);
    else response.end(json === undefined ? '' : JSON.stringify(json));
  }
}

const missing: Said = { status: 404, json: { type: 'urn:x', title: 'Not found', status: 404, detail: 'unknown', code: 'NOT_FOUND', traceId: '0' } };
