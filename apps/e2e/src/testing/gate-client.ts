/** Asks the gate over HTTP, as anybody would. */
import { randomUUID } from 'node:crypto';
import { until } from './until';

/** Windows short enough for a test. */
export const quick = { participationMs: 4_000, gapMs: 500, deadlineMs: 60_000 };

export interface ToldFact {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly causedby?: string;
  readonly late?: boolean;
  readonly data: Record<string, any>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

export interface UploadOptions {
  readonly policy?: object;
  readonly product?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const final = ['SUCCESS', 'PARTIAL_SUCCESS', 'FAILED', 'CANCELLED'];

export class GateClient {
  constructor(private readonly url: string) {}

  async call(
    method: string,
    path: string,
    { body, headers = {} }: { readonly body?: string | Buffer; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Answer> {
    const sent = typeof body === 'string' ? body : body && new Uint8Array(body);
    const response = await fetch(`${this.url}${path}`, { method, headers, signal: AbortSignal.timeout(20_000), ...(sent !== undefined && { body: sent }) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
  }

  /** Rejects unless the answer is a 200. */
  async get(path: string): Promise<Answer['body']> {
    const answer = await this.call('GET', path);
    if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async tryUpload(bytes: Buffer, { policy = quick, product = `product-${randomUUID().slice(0, 8)}`, headers = {} }: UploadOptions = {}): Promise<Answer> {
    const query = new URLSearchParams({ product, policy: JSON.stringify(policy) });
    return await this.call('POST', `/api/v1/gate/tasks?${query.toString()}`, { body: bytes, headers: { 'content-type': 'application/zip', ...headers } });
  }

  /** Answers the task's id. */
  async upload(bytes: Buffer, options: UploadOptions = {}): Promise<string> {
    const answer = await this.tryUpload(bytes, options);
    if (answer.status !== 202) throw new Error(`the upload answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body.taskId as string;
  }

  task(taskId: string): Promise<Answer['body']> {
    return this.get(`/api/v1/gate/tasks/${taskId}`);
  }

  explanation(taskId: string): Promise<Answer['body']> {
    return this.get(`/api/v1/gate/tasks/${taskId}/explanation`);
  }

  async facts(taskId: string): Promise<readonly ToldFact[]> {
    return (await this.get(`/api/v1/gate/tasks/${taskId}/facts?limit=500`)).items as ToldFact[];
  }

  /** Waits until a fact is in the ledger. */
  told(taskId: string, type: string, withinMs = 30_000): Promise<ToldFact> {
    return until(`${type} of ${taskId}`, async (see) => see(await this.facts(taskId)).find((fact) => fact.type === type), { withinMs });
  }

  /** The task once it has a verdict; what fails on the way (a service is being killed) is tried again. */
  verdict(taskId: string, { revision = 1, withinMs = 60_000 } = {}): Promise<Answer['body']> {
    return until(
      `a verdict of ${taskId}, revision ${revision}`,
      async (see) => {
        const task = see(await this.task(taskId).catch((error: unknown) => ({ error: String(error) })));
        return final.includes(task.status as string) && task.revision >= revision && task;
      },
      { withinMs },
    );
  }
}
