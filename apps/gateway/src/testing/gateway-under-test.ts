/** A gateway on in-memory adapters, with scripted services behind it, over real HTTP. */
import { createHash } from 'node:crypto';
import { InMemoryFactBus, InMemoryGroups, InMemoryLog } from '@tributary/fact-bus';
import { type Fact } from '@tributary/facts';
import { InMemoryPackageStore } from '@tributary/package-store';
import { InMemoryDatabase } from '@tributary/persistence';
import { createMetrics, type ServiceContext, silentLog, systemClock, systemIdentity } from '@tributary/service-kit';
import { Telemetry } from '@tributary/telemetry';
import { InMemoryDeadLetterMemory } from '../dead-letters/in-memory.dead-letter.memory';
import { defaultLimits, type GatewayLimits } from '../gateway';
import { openGateway, type OpenGateway } from '../gateway.service';
import { InMemoryUploadMemory } from '../upload/in-memory.upload.memory';
import { Upstream } from '../upstream/upstream';
import { ScriptedService } from './scripted-service';

export interface Settings extends Partial<GatewayLimits> {
  readonly tokensFile?: string;
  readonly ratePerMinute?: number;
  readonly consoleFolder?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Buffer;
  readonly body: any;
}

export class GatewayUnderTest {
  readonly database = new InMemoryDatabase();
  readonly store = new InMemoryPackageStore(() => new Date());
  readonly uploads = new InMemoryUploadMemory();
  readonly deadLetters = new InMemoryDeadLetterMemory();
  readonly bus: InMemoryFactBus;
  readonly coordinator = new ScriptedService();
  readonly definition = new ScriptedService();
  #open: OpenGateway | undefined;

  constructor(private readonly log = new InMemoryLog()) {
    this.bus = new InMemoryFactBus({ log, groups: new InMemoryGroups(), newId: () => systemIdentity.fresh() });
  }

  get url(): string {
    return this.#open?.url ?? '';
  }

  async start({ tokensFile, ratePerMinute, consoleFolder, ...limits }: Settings = {}): Promise<this> {
    await Promise.all([this.coordinator.start(), this.definition.start()]);
    this.#open = await openGateway(
      contextForTests(),
      {
        database: this.database,
        uploads: this.uploads,
        deadLetters: this.deadLetters,
        bus: this.bus,
        store: this.store,
        coordinator: new Upstream({ url: this.coordinator.url, code: 'COORDINATOR', name: { en: 'The coordinator', zh: '协调器' } }),
        definition: new Upstream({ url: this.definition.url, code: 'DEFINITION', name: { en: 'The definition service', zh: '定义服务' } }),
        probeDatabase: () => Promise.resolve(),
      },
      { ...defaultLimits, ...limits, tokensFile, ratePerMinute, consoleFolder },
    );
    return this;
  }

  async stop(): Promise<void> {
    await this.#open?.stop();
    await Promise.all([this.coordinator.stop(), this.definition.stop()]);
  }

  /** One that has nothing but the facts: its groups begin at the first one. */
  async anotherOnTheSameLog(): Promise<GatewayUnderTest> {
    const copy = new InMemoryLog();
    for (const { topic, partition, key, body } of this.log.all('ops.facts')) copy.appendRaw({ topic, partition, key, body });
    const another = await new GatewayUnderTest(copy).start();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return another;
  }

  async call(method: string, path: string, init: Omit<RequestInit, 'method'> = {}): Promise<Answered> {
    const response = await fetch(new URL(path, this.url), { ...init, method });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    const json = /[/+]json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, text, bytes, body: json ? JSON.parse(text) : undefined };
  }

  /** Uploads as a form: fields before the file. */
  upload(bytes: Uint8Array, fields: Readonly<Record<string, string>> = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(bytes)], { type: 'application/zip' }), 'package.zip');
    return this.call('POST', '/api/v1/gate/tasks', { body: form, headers });
  }

  facts(type: string): Fact[] {
    const rows = [...this.log.all('gate.facts'), ...this.log.all('ops.facts')];
    return rows.map(({ body }) => JSON.parse(body) as Fact).filter((fact) => fact.type === type);
  }

  async stored(prefix = 'tasks/'): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.store.list(prefix)) keys.push(key);
    return keys;
  }
}

export function contextForTests(): ServiceContext {
  return {
    service: 'gateway',
    log: silentLog,
    telemetry: new Telemetry({ service: 'gateway', version: '0', instance: 'test' }),
    metrics: createMetrics('gateway'),
    clock: systemClock,
    identity: systemIdentity,
    host: '127.0.0.1',
    port: 0,
  };
}

/** A zip whose beginning is right; what stands inside is not the gateway's business. */
export const zipLike = (content: string | Buffer): Buffer => Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.from(content)]);

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
