/** What `npm run cluster -- ...` takes. Pure. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bilingual, variableIn } from '@tributary/service-kit';
import { serviceNames } from './services';

export interface ClusterArguments {
  readonly help: boolean;
  /** Absolute. */
  readonly dataFolder: string;
  readonly port: number;
  readonly bus: 'kafka' | 'postgres';
  /** `host:port` of a Kafka that runs already. */
  readonly kafka?: string;
  /** URL of a PostgreSQL that runs already. */
  readonly postgres?: string;
  /** By service; 1 where none is named. */
  readonly replicas: Readonly<Record<string, number>>;
}

export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

const replicable = serviceNames.filter((name) => name !== 'gateway').join(', ');

export const helpText: Bilingual = {
  en: `Tributary as real services: Kafka, PostgreSQL, and every service as a process of its own.

  npm run cluster                                            everything local, http://127.0.0.1:8080
  npm run cluster -- --replicas sql-worker=2,coordinator=2   several processes of a service
  npm run cluster -- --kafka localhost:9092 --postgres postgres://me:secret@db/tributary
  npm run cluster -- --bus postgres                          the same without Kafka

Options
  --bus kafka|postgres   what carries the facts (default kafka)
  --kafka HOST:PORT,...  a Kafka that runs already; otherwise one is started (needs Java 17 and Maven)
  --postgres URL         a PostgreSQL 17 or newer that runs already; otherwise the embedded one is started
  --replicas A=N,B=M     of: ${replicable}
  --port N               where the API listens (TRIBUTARY_HTTP_PORT, default 8080)
  --data DIR             where everything is kept (TRIBUTARY_DATA_DIR, default .tributary-cluster)
  --help                 this text

Ctrl-C drains and stops everything; the data stays for the next start.
`,
  zh: `Tributary：以真实服务运行，包括 Kafka、PostgreSQL，每个服务一个独立进程。

  npm run cluster                                            全部在本机，http://127.0.0.1:8080
  npm run cluster -- --replicas sql-worker=2,coordinator=2   一个服务运行多个进程
  npm run cluster -- --kafka localhost:9092 --postgres postgres://me:secret@db/tributary
  npm run cluster -- --bus postgres                          不使用 Kafka

选项
  --bus kafka|postgres   传递事实的方式（默认 kafka）
  --kafka HOST:PORT,...  使用已有的 Kafka；否则启动一个（需要 Java 17 与 Maven）
  --postgres URL         使用已有的 PostgreSQL 17 或更高版本；否则启动内嵌的 PostgreSQL
  --replicas A=N,B=M     可选服务：${replicable}
  --port N               API 监听的端口（TRIBUTARY_HTTP_PORT，默认 8080）
  --data DIR             全部数据的存放位置（TRIBUTARY_DATA_DIR，默认 .tributary-cluster）
  --help                 显示本说明

按 Ctrl-C 排空并停止全部进程；数据保留到下次启动。
`,
};

/** Throws `ArgumentError` with a sentence. */
export function readArguments(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>, cwd: string): ClusterArguments {
  const text = { type: 'string' } as const;
  let values: { help?: boolean; port?: string; data?: string; bus?: string; kafka?: string; postgres?: string; replicas?: string };
  try {
    values = parseArgs({
      args: [...argv],
      options: { help: { type: 'boolean' }, port: text, data: text, bus: text, kafka: text, postgres: text, replicas: text },
      strict: true,
    }).values;
  } catch (error) {
    throw new ArgumentError(`${error instanceof Error ? error.message : String(error)}\nSee npm run cluster -- --help`);
  }
  const { bus = 'kafka', kafka, postgres } = values;
  if (bus !== 'kafka' && bus !== 'postgres') throw new ArgumentError(`--bus ${bus} is none of kafka, postgres.`);
  if (kafka !== undefined && bus === 'postgres') throw new ArgumentError('--kafka and --bus postgres exclude each other.');
  return {
    help: values.help ?? false,
    dataFolder: resolve(cwd, values.data ?? variableIn(environment, 'TRIBUTARY_DATA_DIR') ?? '.tributary-cluster'),
    port: portOf(values.port ?? variableIn(environment, 'TRIBUTARY_HTTP_PORT') ?? '8080'),
    bus,
    replicas: replicasOf(values.replicas ?? ''),
    ...(kafka !== undefined && { kafka }),
    ...(postgres !== undefined && { postgres }),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ArgumentError(`--port ${text} is no port: take a number from 0 to 65535.`);
  return port;
}

function replicasOf(text: string): Record<string, number> {
  return Object.fromEntries(
    text
      .split(',')
      .filter(Boolean)
      .map((item) => {
        const [name = '', count = ''] = item.split('=');
        if (!serviceNames.includes(name) || name === 'gateway') throw new ArgumentError(`--replicas: ${name} is none of ${replicable}.`);
        if (!/^[1-9]\d?$/.test(count)) throw new ArgumentError(`--replicas ${item}: how many? Write ${name}=2.`);
        return [name, Number(count)];
      }),
  );
}
