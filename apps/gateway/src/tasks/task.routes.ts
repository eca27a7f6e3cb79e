/** What is read and asked about a task: answered by the coordinator, and by the gateway for as long as the coordinator has no record. */
import { taskStatuses, Text } from '@tributary/facts';
import { type Call, type Log, pageQuery, Problem, type Route, route } from '@tributary/service-kit';
import { type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { type Upload, type UploadMemory } from '../upload/upload.memory';
import { answerWith, followWith, type Handled, headersFor, passOn, pathOf, type Query, untilClientGone } from '../upstream/pass-on';
import { type Upstream } from '../upstream/upstream';
import { announcedExplanation, announcedTask } from './announced-task';
import { findUpload } from './known-upload';
import { cursor } from './list-cursor';
import { taskIdOf } from './task-id';
import { explanationShape, factShape, listOf, taskShape } from '@tributary/http-api';

export interface TaskRoutesOptions {
  readonly coordinator: Upstream;
  readonly uploads: Pick<UploadMemory, 'find'>;
  readonly log: Log;
}

const page = { ...pageQuery, cursor };
const name = z.string().min(1).max(255).optional();
const tasksPath = '/api/v1/gate/tasks';
const reason = z.strictObject({ reason: Text.optional() });

export function taskRoutes(options: TaskRoutesOptions): Route[] {
  return [...readingRoutes(new TaskDoor(options)), ...askingRoutes(new TaskDoor(options))];
}

function readingRoutes(door: TaskDoor): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: tasksPath,
        summary: { en: 'Tasks, newest first', zh: '任务列表，最新在前' },
        tag: 'tasks',
        query: z.strictObject({ product: name, version: name, status: z.enum(taskStatuses).optional(), ...page }),
        responses: { 200: { says: 'A page of tasks.', schema: listOf(taskShape) } },
      },
      (call) => door.list(call),
    ),
    route(
      {
        method: 'GET',
        path: `${tasksPath}/{taskId}`,
        summary: { en: 'One task', zh: '任务详情' },
        tag: 'tasks',
        responses: { 200: { says: 'The task; it exists as soon as its 202 was sent.', schema: taskShape } },
      },
      (call) => door.document(call, announcedTask),
    ),
    route(
      {
        method: 'GET',
        path: `${tasksPath}/{taskId}/explanation`,
        summary: { en: 'Why the verdict is what it is, or what the window waits for', zh: '结论的解释；未收敛时说明在等待什么' },
        tag: 'tasks',
        responses: { 200: { says: 'The explanation in the language asked for.', schema: explanationShape } },
      },
      (call) => door.document(call, () => announcedExplanation(call.language)),
    ),
    route(
      {
        method: 'GET',
        path: `${tasksPath}/{taskId}/facts`,
        summary: { en: 'Every fact of the task, in the order it was recorded', zh: '任务的全部事实，按记录顺序' },
        tag: 'tasks',
        query: z.strictObject(page),
        responses: { 200: { says: 'A page of facts.', schema: listOf(factShape) } },
      },
      (call) => door.announced(call),
    ),
    route(
      {
        method: 'GET',
        path: `${tasksPath}/{taskId}/events`,
        summary: { en: 'The facts as server-sent events', zh: '以 SSE 推送任务事实' },
        tag: 'tasks',
        query: z.strictObject({ follow: z.enum(['true', 'false']).optional() }),
        responses: {
          200: { says: 'One event per fact; ends after the verdict unless `follow=true`. Resumes with Last-Event-ID.', contentType: 'text/event-stream' },
        },
      },
      (call) => door.events(call),
    ),
    route(
      {
        method: 'GET',
        path: `${tasksPath}/{taskId}/verdict`,
        summary: { en: 'The canonical verdict, byte for byte', zh: '规范化结论（逐字节）' },
        tag: 'tasks',
        query: z.strictObject({ revision: z.coerce.number().int().min(1).optional() }),
        responses: { 200: { says: 'RFC 8785 JSON; its sha256 is `verdictHash`.', schema: z.looseObject({}) } },
      },
      (call) => door.announced(call),
    ),
  ];
}

function askingRoutes(door: TaskDoor): Route[] {
  return [
    route(
      {
        method: 'POST',
        path: `${tasksPath}/{taskId}/cancel`,
        summary: { en: 'Close the window without a result', zh: '取消任务' },
        tag: 'tasks',
        body: reason,
        responses: { 202: { says: 'The window closes; the verdict is CANCELLED.', schema: z.looseObject({}) } },
      },
      (call) => door.ask(call),
    ),
    route(
      {
        method: 'POST',
        path: `${tasksPath}/{taskId}/rescan`,
        summary: { en: 'Open another round over the same package', zh: '重新扫描（新一轮）' },
        tag: 'tasks',
        body: reason,
        responses: { 202: { says: 'A round opens; the old verdict stands until the new one.', schema: z.looseObject({}) } },
      },
      (call) => door.ask(call),
    ),
  ];
}

class TaskDoor {
  constructor(private readonly options: TaskRoutesOptions) {}

  async list(call: Call<Query, undefined>): Promise<Handled> {
    return await passOn(this.options.coordinator, call, { method: 'GET', path: pathOf(call), headers: headersFor(call) });
  }

  /** From the coordinator, else from our own record of the upload. */
  async document(call: Call<undefined, undefined>, ofUpload: (upload: Upload) => Record<string, unknown>): Promise<Handled> {
    const taskId = taskIdOf(call);
    const answer = await this.#get(call, {});
    if (answer.statusCode !== 404) return await answerWith(call, answer);
    const upload = await findUpload(this.options.uploads, taskId);
    if (!upload) return await answerWith(call, answer);
    answer.resume();
    return { status: 200, body: ofUpload(upload) };
  }

  async announced(call: Call<Query, undefined>): Promise<Handled> {
    return await answerWith(call, await this.#get(call, await this.#announcement(call)));
  }

  async events(call: Call<Query, undefined>): Promise<Handled> {
    const answer = await this.#get(call, await this.#announcement(call));
    return answer.statusCode === 200 ? followWith(call, answer) : await answerWith(call, answer);
  }

  async ask(call: Call<undefined, z.infer<typeof reason>>): Promise<Handled> {
    const announcement = await this.#announcement(call);
    const body = JSON.stringify(call.body);
    const headers = headersFor(call, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...announcement });
    const answer = await this.options.coordinator.open({ method: 'POST', path: call.request.path, headers, body, signal: untilClientGone(call) });
    if (answer.statusCode === 404 && 'x-tributary-announced' in announcement) {
      answer.resume();
      throw notOpenYet();
    }
    return await answerWith(call, answer);
  }

  #get(call: Call<Query | undefined, undefined>, extra: Readonly<Record<string, string>>): Promise<IncomingMessage> {
    return this.options.coordinator.open({ method: 'GET', path: pathOf(call), headers: headersFor(call, extra), signal: untilClientGone(call) });
  }

  /** Tells the coordinator that a task exists of which it may not have heard yet. Without our database it knows best alone. */
  async #announcement(call: Pick<Call, 'params'>): Promise<Readonly<Record<string, string>>> {
    const taskId = taskIdOf(call);
    try {
      return (await this.options.uploads.find('default', taskId)) ? { 'x-tributary-announced': 'true' } : {};
    } catch (error) {
      this.options.log.warn({ err: error, taskId }, 'the record of an upload could not be read');
      return {};
    }
  }
}

function notOpenYet(): Problem {
  const detail = { en: 'The task has no record yet: its first round is about to open.', zh: '任务尚未建档，首轮即将开始。' };
  return new Problem(409, 'ROUND_OPEN', detail, { headers: { 'retry-after': '1' } });
}
