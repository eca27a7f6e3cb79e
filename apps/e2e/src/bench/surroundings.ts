/** What benchmarks run against, started when the first one asks and stopped at the end. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, type LocalKafka, startEmbeddedPostgres, startLocalKafka } from '@tributary/local-runtime';
import { Client } from 'pg';
import { startSystem, type System } from '../testing/system';
import { cpuMsOf } from './cpu';

export interface MeasuredSystem {
  readonly system: System;
  /** CPU of the system, its database and its Kafka, ms. */
  readonly cpuMs: () => number;
  /** Of the processes of the system alone: the root ones. */
  readonly pids: readonly number[];
  readonly query: <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;
}

export class Surroundings {
  readonly #stops: (() => Promise<void>)[] = [];
  #postgres: Promise<EmbeddedPostgres> | undefined;
  #kafka: Promise<LocalKafka> | undefined;
  #standalone: Promise<MeasuredSystem> | undefined;
  #cluster: Promise<MeasuredSystem> | undefined;

  constructor(readonly loadMs: number) {}

  /** A server of the benchmarks' own, durable as in production. */
  postgres(): Promise<EmbeddedPostgres> {
    return (this.#postgres ??= this.#started(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
      // Where root runs this, the server belongs to another account, which must be able to get there.
      chmodSync(folder, 0o755);
      const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
      return {
        ...server,
        stop: () =>
          server.stop().then(() => {
            rmSync(folder, { recursive: true, force: true });
          }),
      };
    }));
  }

  kafka(): Promise<LocalKafka> {
    return (this.#kafka ??= this.#started(() => startLocalKafka()));
  }

  /** `npm start` on a database that we can ask. */
  standalone(): Promise<MeasuredSystem> {
    return (this.#standalone ??= this.#system('standalone'));
  }

  /** `npm run cluster` with Kafka. */
  cluster(): Promise<MeasuredSystem> {
    return (this.#cluster ??= this.#system('cluster'));
  }

  /** URL of a database of its own. */
  async database(name: string): Promise<string> {
    const { url } = await this.postgres();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    return url.replace(/\/[^/]*$/, `/${name}`);
  }

  async stop(): Promise<void> {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) await stop();
  }

  async #system(kind: 'standalone' | 'cluster'): Promise<MeasuredSystem> {
    const server = await this.postgres();
    const kafka = kind === 'cluster' ? await this.kafka() : undefined;
    const url = await this.database(kind);
    const system = await this.#started(() => startSystem({ kind, postgres: url, ...(kafka && { kafka: kafka.bootstrap }) }));
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    this.#stops.push(() => client.end());
    const roots = [system.pid, server.pid, ...(kafka ? kafka.nodes.flatMap(({ pid }) => pid ?? []) : [])];
    return {
      system,
      pids: [system.pid],
      cpuMs: () => cpuMsOf(roots),
      query: async <Row>(sql: string, parameters: readonly unknown[] = []) => (await client.query(sql, [...parameters])).rows as Row[],
    };
  }

  async #started<P extends { stop(): Promise<void> }>(start: () => Promise<P>): Promise<P> {
    const part = await start();
    this.#stops.push(() => part.stop());
    return part;
  }
}
