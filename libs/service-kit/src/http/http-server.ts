/** Serves a table of routes: Nest holds the lifecycle and the HTTP adapter, the table says everything else. */
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { type Telemetry, traceContextOf } from '@tributary/telemetry';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Log } from '../log';
import { Histogram, type Registry } from '../metrics';
import { readJson } from './body';
import { languageOf } from './language';
import { type Fault, faultsOf, inQuery, notFound, Problem, problemDocument } from './problem';
import { type Answer, type Call, type Route } from './route';
import { unlessSilent } from './silence';

export interface HttpServerOptions {
  readonly service: string;
  readonly routes: readonly Route[];
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly metrics: Registry;
  /** What is missing before this service can do its work; empty when ready. */
  readonly missing: () => Promise<readonly string[]>;
  /** Who asks; throws a `Problem` (401). Not asked for `/healthz`, `/readyz`, `/metrics`. */
  readonly authenticate?: (request: Request) => string;
  /** Asked for paths that no route has, before they are refused; goes on when it has nothing there either. Not authenticated. */
  readonly otherwise?: RequestHandler | undefined;
  /** Requests under way at most; more are 503 with Retry-After. Streams that stay open are not counted. */
  readonly inFlightMax?: number;
  /** A body of which nothing came for so long is given up (408); default 60 s. */
  readonly silentMsMax?: number;
}

export interface HttpServer {
  /** `http://host:port` */
  readonly url: string;
  readonly port: number;
  /** Takes no new connections and waits for what is under way, at most `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

@Module({})
class ServiceModule {}

/** Rejects with the system's error when it cannot listen (EADDRINUSE, EACCES). */
export async function serve(options: HttpServerOptions): Promise<HttpServer> {
  const instance = express();
  instance.disable('x-powered-by');
  // Handlers check what they get with zod; a query is flat.
  instance.set('query parser', 'simple');
  const app = await NestFactory.create(ServiceModule, new ExpressAdapter(instance), { logger: false, bodyParser: false });
  const dispatcher = new Dispatcher(options);
  dispatcher.register(instance);
  await app.listen(options.port, options.host);
  const server = app.getHttpServer() as Server;
  const { port } = server.address() as AddressInfo;
  // Uploads take as long as they take, if only something comes; headers must not.
  server.requestTimeout = 0;
  server.headersTimeout = 30_000;
  // Longer than clients and load balancers keep an idle connection: who closes first loses no request to the other's close.
  server.keepAliveTimeout = 75_000;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    port,
    close: async (graceMs = 10_000) => {
      dispatcher.close();
      // What becomes idle from now on is closed at once.
      server.keepAliveTimeout = 1;
      const closed = app.close();
      server.closeIdleConnections();
      // A connection on which nothing was ever asked is not idle to Node, and would hold the stop up.
      void dispatcher.drained().then(() => {
        server.closeAllConnections();
      });
      const timer = setTimeout(() => {
        server.closeAllConnections();
      }, graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** What dispatching needs to know of a route. */
type Handled = Pick<Route, 'handle' | 'query' | 'body'> & Partial<Pick<Route, 'responses'>>;

class Dispatcher {
  readonly #durations: Histogram;
  #inFlight = 0;
  /** Answers that are not sent to the end, streams included. */
  readonly #open = new Set<Response>();
  #drained: (() => void) | undefined;
  readonly #closing = new AbortController();

  constructor(private readonly options: HttpServerOptions) {
    this.#durations = new Histogram({
      name: 'tributary_http_request_seconds',
      help: 'Time from the first byte of a request to the last of its answer.',
      labelNames: ['method', 'route', 'status'],
      registers: [options.metrics],
    });
  }

  /** Streams that stay open end now. */
  close(): void {
    this.#closing.abort();
  }

  /** Resolves when every answer under way is sent, or its client is gone. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained = resolve;
      if (this.#open.size === 0) resolve();
    });
  }

  register(instance: Express): void {
    const { metrics, missing } = this.options;
    instance.get('/healthz', (_, response) => {
      response.json({ status: 'alive' });
    });
    instance.get('/readyz', async (_, response) => {
      const lacks = this.#closing.signal.aborted ? ['it is stopping'] : await missing().catch((error: unknown) => [String(error)]);
      response.status(lacks.length === 0 ? 200 : 503).json({ status: lacks.length === 0 ? 'ready' : 'not ready', missing: lacks });
    });
    instance.get('/metrics', async (_, response) => {
      response.type(metrics.contentType).send(await metrics.metrics());
    });
    const byPath = Map.groupBy(this.options.routes, ({ path }) => path);
    for (const [path, routes] of byPath) {
      const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
      instance.all(pattern, (request, response) => {
        const method = request.method === 'HEAD' ? 'GET' : request.method;
        const found = routes.find((candidate) => candidate.method === method);
        return this.#dispatch(request, response, path, found ?? methodMissing(routes));
      });
    }
    if (this.options.otherwise) instance.use(this.options.otherwise);
    instance.use((request, response) => this.#dispatch(request, response, 'unknown', nothingHere));
    // Express reads paths itself; four parameters make this the handler of its errors.
    instance.use((_error: unknown, request: Request, response: Response, _next: unknown) => this.#dispatch(request, response, 'unknown', unreadablePath));
  }

  async #dispatch(request: Request, response: Response, path: string, route: Handled): Promise<void> {
    const began = performance.now();
    const { telemetry, silentMsMax = 60_000 } = this.options;
    const span = telemetry.start(`${request.method} ${path}`, {
      kind: 'server',
      parent: traceContextOf(header(request, 'traceparent')),
      attributes: { 'http.request.method': request.method, 'http.route': path },
    });
    response.setHeader('traceparent', span.traceparent);
    const gone = new AbortController();
    this.#open.add(response);
    response.once('close', () => {
      gone.abort();
      this.#open.delete(response);
      if (this.#open.size === 0) this.#drained?.();
      span.set('http.response.status_code', response.statusCode);
      span.end();
      this.#durations.observe({ method: request.method, route: path, status: response.statusCode }, (performance.now() - began) / 1000);
    });
    // A stream that stays open is no work under way.
    const counts = !Object.values(route.responses ?? {}).some(({ contentType }) => contentType === 'text/event-stream');
    if (counts) this.#inFlight++;
    try {
      await span.run(async () => {
        const signal = AbortSignal.any([gone.signal, this.#closing.signal]);
        const answer = await unlessSilent(request, silentMsMax, () => this.#handle(request, response, route, span, signal));
        if (answer) send(response, answer);
      });
    } catch (error) {
      span.failed(error);
      this.#refuse(request, response, error, span.traceId);
    } finally {
      if (counts) this.#inFlight--;
    }
  }

  async #handle(request: Request, response: Response, route: Handled, span: Call['span'], signal: AbortSignal): Promise<Answer | undefined> {
    const { authenticate, inFlightMax = 512 } = this.options;
    if (this.#inFlight > inFlightMax)
      throw new Problem(
        503,
        'TOO_BUSY',
        { en: 'Too many requests are under way; try again.', zh: '正在处理的请求过多，请稍后重试。' },
        { headers: { 'retry-after': '1' } },
      );
    const actor = authenticate?.(request) ?? 'anonymous';
    const query = queryOf(request, route.query);
    const body = route.body ? await readJson(request, route.body) : undefined;
    return await route.handle({
      params: request.params as Record<string, string>,
      query,
      body,
      language: languageOf(header(request, 'accept-language')),
      actor,
      span,
      signal,
      request,
      response,
    });
  }

  #refuse(request: Request, response: Response, error: unknown, traceId: string): void {
    const problem = error instanceof Problem ? error : unexpected(error);
    if (!(error instanceof Problem)) this.options.log.error({ err: error, traceId, method: request.method, path: request.path }, 'a request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // What is left of the body is not read: the connection cannot be used again.
    if (!request.readableEnded && request.method !== 'GET') response.setHeader('connection', 'close');
    const document = problemDocument(problem, languageOf(header(request, 'accept-language')), traceId);
    response
      .status(problem.status)
      .set({ 'content-type': 'application/problem+json; charset=utf-8', ...problem.options.headers })
      .end(JSON.stringify(document));
  }
}

const nothingHere: Pick<Route, 'handle'> = {
  handle: ({ request }) => Promise.reject(notFound({ en: `There is nothing at ${request.path}.`, zh: `路径 ${request.path} 不存在。` })),
};

const unreadablePath: Pick<Route, 'handle'> = {
  handle: () => Promise.reject(new Problem(400, 'MALFORMED_PATH', { en: 'The path is not percent-encoded UTF-8.', zh: '路径编码无效。' })),
};

function methodMissing(routes: readonly Route[]): Pick<Route, 'handle'> {
  const allow = [...new Set(routes.map(({ method }) => method))].join(', ');
  return {
    handle: ({ request }) =>
      Promise.reject(
        new Problem(405, 'METHOD_NOT_ALLOWED', { en: `${request.method} is none of ${allow}.`, zh: `该路径仅支持 ${allow}。` }, { headers: { allow } }),
      ),
  };
}

function queryOf(request: Request, schema: Route['query']): unknown {
  const given = Object.fromEntries(Object.entries(request.query).filter(([, value]) => value !== undefined));
  const repeated = Object.keys(given).filter((parameter) => Array.isArray(given[parameter]));
  if (repeated.length > 0)
    throw unreadableQuery(repeated.map((parameter) => ({ parameter, code: 'REPEATED', message: { en: 'given more than once', zh: '重复给出' } })));
  if (!schema && Object.keys(given).length === 0) return {};
  const parsed = schema?.strict().safeParse(given, { reportInput: true });
  if (parsed?.success) return parsed.data;
  const errors = parsed
    ? faultsOf(parsed.error, inQuery)
    : Object.keys(given).map((parameter) => ({ parameter, code: 'UNKNOWN_FIELD', message: { en: `nobody reads ${parameter}`, zh: `未知参数：${parameter}` } }));
  throw unreadableQuery(errors);
}

function unreadableQuery(errors: readonly Fault[]): Problem {
  return new Problem(400, 'INVALID_QUERY', { en: 'The query is not what this call takes.', zh: '查询参数不符合要求。' }, { errors });
}

function send(response: Response, { status, body, headers = {} }: Answer): void {
  response.status(status).set(headers);
  if (body === undefined) response.end();
  else if (typeof body === 'string' || Buffer.isBuffer(body)) response.end(body);
  else response.type(headers['content-type'] ?? 'application/json; charset=utf-8').end(JSON.stringify(body));
}

function unexpected(error: unknown): Problem {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && /^(ECONN|EPIPE|57P|08|53)/.test(code)) {
    return new Problem(
      503,
      'UNAVAILABLE',
      { en: 'Something this call needs cannot be reached; try again.', zh: '依赖的服务暂时不可用，请稍后重试。' },
      { headers: { 'retry-after': '2' } },
    );
  }
  return new Problem(500, 'INTERNAL_ERROR', { en: 'Something went wrong on our side; the trace id leads to it.', zh: '服务内部错误，可凭 traceId 排查。' });
}

function header(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
