/** A server whose answers a test writes: real sockets, so that torn connections are torn. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Pace } from '../pace';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface ScriptedServer {
  readonly url: string;
  /** `GET /path?query` in the order in which they came. */
  readonly heard: readonly string[];
  /** Answers everything from now on. */
  handle(handler: Handler): void;
  stop(): Promise<void>;
}

export async function startScriptedServer(first: Handler): Promise<ScriptedServer> {
  let handler = first;
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method ?? ''} ${request.url ?? ''}`);
    void handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    handle: (next) => {
      handler = next;
    },
    stop: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers }).end(JSON.stringify(body));
}

export function problem(status: number, code: string, more: object = {}): Record<string, unknown> {
  return { type: `urn:tributary:problem:${code.toLowerCase()}`, title: 'A title', status, detail: 'a detail', code, ...more };
}

export const taskId = '01900000-0000-7000-8000-000000000001';

export function taskWith(status: string, revision: number, more: object = {}): Record<string, unknown> {
  const at = '2026-01-01T00:00:00.000Z';
  const window = { participationMs: 10_000, gapMs: 2_000, deadlineMs: 60_000, graceMs: 0, openedAt: at, participationEndsAt: at, deadlineAt: at, pausedMs: 0 };
  const file = { fileName: 'a.zip', size: 1, sha256: '0'.repeat(64) };
  const names = { product: 'p', version: '1', package: file, createdAt: at, lastFactAt: at };
  return { taskId, status, revision, ...names, round: 1, observedTypes: [], participants: [], window, ...more };
}

export function factNumber(n: number, type = 'SubTaskProgressed', data: object = {}): Record<string, unknown> {
  const id = `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  return { specversion: '1.0', id, type, source: '/数据/平台 🚰', subject: taskId, time: '2026-01-01T00:00:00.000Z', data: { n, ...data } };
}

/** The ledger of a task with a verdict at its end, and the bytes of its stream behind a position. */
export class Ledger {
  readonly facts: readonly Record<string, unknown>[];

  constructor(length: number) {
    this.facts = Array.from({ length }, (_, n) => (n === length - 1 ? factNumber(n + 1, 'MainTaskConverged', { revision: 1 }) : factNumber(n + 1)));
  }

  bytesAfter(position: number): Buffer {
    const events = this.facts.slice(position).map((fact, n) => `id: ${position + n + 1}\ndata: ${JSON.stringify(fact)}\n\n`);
    return Buffer.from(`: hello\n\n${events.join('')}`);
  }

  get task(): Record<string, unknown> {
    return taskWith('SUCCESS', 1);
  }
}

/** Sends bytes in pieces that arrive as pieces. */
export async function sendPieces(response: ServerResponse, bytes: Buffer, cuts: readonly number[]): Promise<void> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  for (const [n, place] of places.slice(1).entries()) {
    response.write(bytes.subarray(places[n], place));
    await sleep(0);
  }
}

/** No wait takes longer than a moment; what was asked for is noted. Timers over `keptMs` (those against silence) do not fire by themselves. */
export class ImpatientPace implements Pace {
  readonly waits: number[] = [];

  constructor(private readonly keptMs = 20_000) {}

  random(): number {
    return 0.5;
  }

  after(ms: number, callback: () => void): () => void {
    if (ms >= this.keptMs) return () => undefined;
    this.waits.push(ms);
    const timer = setTimeout(callback, 1);
    return () => {
      clearTimeout(timer);
    };
  }
}
