/** What `npm start -- ...` takes. Pure. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bilingual, variableIn } from '@tributary/service-kit';

export interface StandaloneArguments {
  readonly help: boolean;
  /** Absolute. */
  readonly dataFolder: string;
  readonly port?: number;
}

export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

export const helpText: Bilingual = {
  en: `Tributary, all services in one process.

  npm start                      http://127.0.0.1:8080, data in .tributary/
  npm start -- --port 9090       another port
  npm start -- --data ./other    another data folder: two of them run side by side

Options
  --port N      where the API listens (TRIBUTARY_HTTP_PORT)
  --data DIR    where PostgreSQL and the packages are kept (TRIBUTARY_DATA_DIR)
  --help        this text

Ctrl-C stops it; what was accepted goes on with the next start.
`,
  zh: `Tributary：一个进程运行全部服务。

  npm start                      http://127.0.0.1:8080，数据存放在 .tributary/
  npm start -- --port 9090       使用其他端口
  npm start -- --data ./other    使用其他数据文件夹，可同时运行两个实例

选项
  --port N      API 监听的端口（TRIBUTARY_HTTP_PORT）
  --data DIR    PostgreSQL 与版本包的存放位置（TRIBUTARY_DATA_DIR）
  --help        显示本说明

按 Ctrl-C 停止；已接收的任务在下次启动后继续。
`,
};

/** Throws `ArgumentError` with a sentence. */
export function readArguments(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>, cwd: string): StandaloneArguments {
  let values: { help?: boolean; port?: string; data?: string };
  try {
    values = parseArgs({ args: [...argv], options: { help: { type: 'boolean' }, port: { type: 'string' }, data: { type: 'string' } }, strict: true }).values;
  } catch (error) {
    throw new ArgumentError(`${error instanceof Error ? error.message : String(error)}\nSee npm start -- --help`);
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new ArgumentError(`--port ${values.port ?? ''} is no port: take a number from 0 to 65535.`);
  return {
    help: values.help ?? false,
    dataFolder: resolve(cwd, values.data ?? variableIn(environment, 'TRIBUTARY_DATA_DIR') ?? '.tributary'),
    ...(port !== undefined && { port }),
  };
}
