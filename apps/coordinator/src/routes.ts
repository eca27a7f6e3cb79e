/** What the coordinator answers; the gateway is the door to it. */
import { taskStatuses } from '@tributary/facts';
import { type Transaction } from '@tributary/fact-bus';
import { type Call, idempotencyKeyOf, pageQuery, placeOf, Problem, type Route, route } from '@tributary/service-kit';
import { z } from 'zod';
import { type GateMemory } from './gate.memory';
import { type LedgerSignals } from './ledger-signals';
import { beforeOf, page, placeOfTask } from './list-page';
import { productRoutes } from './product.routes';
import { type RequestChanges } from './request-changes';
import { streamFacts } from './stream-facts';
import { explanationDocument, factDocument, type ReadTask, taskDocument, withReports } from './task-document';

export interface GateReads<T extends Transaction> {
  readonly memory: GateMemory;
  readonly signals: LedgerSignals;
  readonly requests: RequestChanges<T>;
}

const base = '/api/v1/gate/tasks';
const TaskStatus = z.enum(taskStatuses);
const internal = true;
/** A comment line keeps proxies from closing a quiet stream, ms. */
const idleMs = 15_000;

export function gateRoutes<T extends Transaction>(reads: GateReads<T>): readonly Route[] {
  return [...taskRoutes(reads), ...ledgerRoutes(reads), ...requestRoutes(reads.requests), ...reportRoutes(reads), ...productRoutes(reads.memory)];
}

function taskRoutes({ memory }: { readonly memory: GateMemory }): readonly Route[] {
  return [
    route(
      {
        method: 'GET',
        path: base,
        summary: { en: 'Tasks, newest first', zh: '任务列表（新的在前）' },
        internal,
        query: z.strictObject({ product: z.string().optional(), version: z.string().optional(), status: TaskStatus.optional(), ...pageQuery }),
        responses: { 200: { says: 'A page.' } },
      },
      async ({ query }) => {
        const { product, version, status, limit, cursor } = query;
        const before = beforeOf(cursor);
        const found = await memory.list({
          limit: limit + 1,
          ...(product !== undefined && { product }),
          ...(version !== undefined && { version }),
          ...(status && { status }),
          ...(before && { before }),
        });
        return { status: 200, body: page(found, limit, taskDocument, ({ task }) => placeOfTask(task)) };
      },
    ),
    route(
      { method: 'GET', path: `${base}/{taskId}`, summary: { en: 'A task', zh: '任务' }, internal, responses: { 200: { says: 'The task.' } } },
      async (call) => ({ status: 200, body: taskDocument(await existing(memory, call)) }),
    ),
    route(
      { method: 'GET', path: `${base}/{taskId}/explanation`, summary: { en: 'Why', zh: '解释' }, internal, responses: { 200: { says: 'The explanation.' } } },
      async (call) => {
        const found = await existing(memory, call);
        const verdict = found.task.revision > 0 ? await memory.verdict(found.task.taskId) : undefined;
        return { status: 200, body: explanationDocument(found, verdict, call.language) };
      },
    ),
  ];
}

function ledgerRoutes({ memory, signals }: { readonly memory: GateMemory; readonly signals: LedgerSignals }): readonly Route[] {
  return [
    route(
      {
        method: 'GET',
        path: `${base}/{taskId}/facts`,
        summary: { en: 'The ledger', zh: '事实列表' },
        internal,
        query: z.strictObject(pageQuery),
        responses: { 200: { says: 'A page.' } },
      },
      async (call) => {
        await announcedOrExisting(memory, call);
        const { limit, cursor } = call.query;
        const after = cursor === undefined ? 0 : numberOf(placeOf(cursor, ['n']).n);
        const found = await memory.facts(taskIdOf(call), after, limit + 1);
        return { status: 200, body: page(found, limit, factDocument, ({ sequence }) => ({ n: sequence })) };
      },
    ),
    route(
      {
        method: 'GET',
        path: `${base}/{taskId}/events`,
        summary: { en: 'The live stream of facts', zh: '事实实时流' },
        internal,
        query: z.strictObject({ follow: z.enum(['true', 'false']).default('false') }),
        responses: { 200: { says: 'Server-sent events.', contentType: 'text/event-stream' } },
      },
      async (call) => {
        await announcedOrExisting(memory, call);
        await sendEvents({ memory, signals }, call, call.query.follow === 'true');
        return undefined;
      },
    ),
    route(
      {
        method: 'GET',
        path: `${base}/{taskId}/verdict`,
        summary: { en: 'The canonical verdict', zh: '规范化结论' },
        internal,
        query: z.strictObject({ revision: z.coerce.number().int().min(1).optional() }),
        responses: { 200: { says: 'The bytes behind verdictHash.' } },
      },
      async (call) => {
        const verdict = await memory.verdict(taskIdOf(call), call.query.revision);
        if (!verdict) throw new Problem(404, 'NO_VERDICT', { en: 'There is no such verdict (yet).', zh: '尚无该结论。' });
        return { status: 200, body: verdict.canonical, headers: { 'content-type': 'application/json; charset=utf-8', etag: `"${verdict.verdictHash}"` } };
      },
    ),
  ];
}

function reportRoutes({ memory }: { readonly memory: GateMemory }): readonly Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/internal/tasks/{taskId}/reports',
        summary: { en: 'Where the findings are', zh: '报告位置' },
        internal,
        responses: { 200: { says: 'By type.' } },
      },
      async (call) => {
        const { task, windows, watch } = await existing(memory, call);
        const window = windows.find(({ round }) => round === task.round);
        const items = (window ? withReports(window, watch) : []).filter(({ kind }) => kind !== 'declined' && kind !== 'silent');
        return {
          status: 200,
          body: {
            taskId: task.taskId,
            status: task.status,
            product: task.created?.product,
            version: task.created?.version,
            items: items.map(({ type, outcome, attempt, counts, report }) => ({ type, round: task.round, attempt, outcome, counts, report })),
          },
        };
      },
    ),
  ];
}

function requestRoutes<T extends Transaction>(requests: RequestChanges<T>): readonly Route[] {
  const body = z.strictObject({ reason: z.string().max(1_000).optional() });
  const asked = (call: Call<unknown, z.infer<typeof body>>): Parameters<RequestChanges<T>['cancel']>[0] => ({
    taskId: taskIdOf(call),
    by: actorOf(call),
    reason: call.body.reason,
    announced: isAnnounced(call),
  });
  return [
    route(
      {
        method: 'POST',
        path: `${base}/{taskId}/cancel`,
        summary: { en: 'Close the window without a result', zh: '取消' },
        internal,
        body,
        responses: { 202: { says: 'Asked.' } },
      },
      async (call) => {
        const { taskId, status } = await requests.cancel(asked(call));
        return { status: 202, body: { taskId, status } };
      },
    ),
    route(
      {
        method: 'POST',
        path: `${base}/{taskId}/rescan`,
        summary: { en: 'Scan again', zh: '重新扫描' },
        internal,
        body,
        responses: { 202: { says: 'Asked.' } },
      },
      async (call) => {
        const idempotencyKey = idempotencyKeyOf(call.request);
        const { task, round, replayed } = await requests.rescan({ ...asked(call), idempotencyKey });
        const { taskId, status } = task;
        return { status: 202, body: { taskId, status, round }, ...(replayed && { headers: { 'idempotent-replay': 'true' } }) };
      },
    ),
  ];
}

async function sendEvents({ memory, signals }: { readonly memory: GateMemory; readonly signals: LedgerSignals }, call: Call, follow: boolean): Promise<void> {
  const { request, response, signal } = call;
  const after = Number(request.headers['last-event-id'] ?? 0);
  if (!Number.isSafeInteger(after) || after < 0) {
    throw new Problem(
      400,
      'INVALID_QUERY',
      { en: 'Last-Event-ID is not a position of this stream.', zh: 'Last-Event-ID 无效。' },
      { errors: [{ parameter: 'Last-Event-ID', code: 'INVALID_POSITION', message: { en: 'not a position', zh: '不是有效位置' } }] },
    );
  }
  response.status(200).set({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.flushHeaders();
  for await (const entry of streamFacts({ memory, signals }, { taskId: taskIdOf(call), after, follow, idleMs, signal })) {
    const text = entry ? `id: ${entry.sequence}\ndata: ${JSON.stringify(factDocument(entry))}\n\n` : ': still here\n\n';
    // A slow reader holds the stream up, not the memory.
    if (!response.write(text) && !signal.aborted)
      await new Promise<void>((resolve) => {
        response.once('drain', resolve).once('close', resolve);
      });
  }
  response.end();
}

function numberOf(n: string | number): number {
  if (!Number.isSafeInteger(n)) placeOf('', ['n']);
  return Number(n);
}

async function existing(memory: GateMemory, call: Pick<Call, 'params'>): Promise<ReadTask> {
  const found = await memory.find(taskIdOf(call));
  if (found?.task.created) return found;
  throw new Problem(404, 'TASK_NOT_FOUND', { en: `There is no task ${taskIdOf(call)}.`, zh: `任务 ${taskIdOf(call)} 不存在。` });
}

async function announcedOrExisting(memory: GateMemory, call: Pick<Call, 'params' | 'request'>): Promise<void> {
  if (!isAnnounced(call)) await existing(memory, call);
}

/** The gateway has accepted the upload, whether or not we have heard of it yet. */
function isAnnounced({ request }: Pick<Call, 'request'>): boolean {
  return request.headers['x-tributary-announced'] === 'true';
}

function actorOf({ request, actor }: Pick<Call, 'request' | 'actor'>): string {
  const named = request.headers['x-tributary-actor'];
  return typeof named === 'string' && named.length > 0 ? named.slice(0, 200) : actor;
}

function taskIdOf({ params }: Pick<Call, 'params'>): string {
  return params['taskId'] ?? '';
}
