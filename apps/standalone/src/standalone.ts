/** Starts everything, says where it is, and why when it cannot. */
import { tokensOf } from '@tributary/gateway';
import { join } from 'node:path';
import { isLocalRuntimeError, isPortInUse, makeWritableFolder, startEmbeddedPostgres } from '@tributary/local-runtime';
import { Platform, type Running, runProcess, version } from '@tributary/platform';
import { languageOfTerminal, printableConfig, readConfig, variableIn } from '@tributary/service-kit';
import { ArgumentError, helpText, readArguments } from './arguments';
import { compose } from './compose';
import { StandaloneConfig } from './config';

export async function main(argv: readonly string[]): Promise<void> {
  const began = performance.now();
  await runProcess(async () => {
    const given = readArguments(argv, process.env, process.cwd());
    if (given.help) {
      process.stdout.write(helpText[languageOfTerminal(process.env)]);
      process.exit(0);
    }
    const read = readConfig(StandaloneConfig, process.env, (sentence) => process.stderr.write(`${sentence}\n`));
    const config = { ...read, httpPort: given.port ?? read.httpPort };
    await tokensOf({ host: config.httpHost, tokensFile: config.tokensFile });
    if (config.httpPort !== 0 && (await isPortInUse(config.httpPort, config.httpHost))) throw new PortInUse(config.httpPort);
    return await start(config, given.dataFolder, began);
  }, sentenceOf);
}

class PortInUse extends Error {
  constructor(readonly port: number) {
    super(`port ${port} is in use`);
  }
}

async function start(config: StandaloneConfig, dataFolder: string, began: number): Promise<Running> {
  if (config.storeFolder !== undefined) await makeWritableFolder('TRIBUTARY_STORE_FOLDER', config.storeFolder);
  const postgres = config.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: join(dataFolder, 'postgres'), onLost: lost }) : undefined;
  try {
    const storeFolder =
      config.storeFolder ?? (config.storeBucket === undefined ? join(postgres ? folderAbove(postgres.dataDir) : dataFolder, 'packages') : undefined);
    if (storeFolder !== undefined && config.storeFolder === undefined) await makeWritableFolder('TRIBUTARY_DATA_DIR', storeFolder);
    const settings = { ...config, databaseUrl: config.databaseUrl ?? postgres?.url ?? '', storeFolder };
    const pretty = config.logPretty ?? process.stdout.isTTY;
    const platform = new Platform({
      config: { ...settings, logLevel: variableIn(process.env, 'TRIBUTARY_LOG_LEVEL') === undefined && pretty ? 'warn' : settings.logLevel },
      version,
      pretty,
    });
    platform.log.info({ config: printableConfig(settings) }, 'starting');
    const running = await compose(platform, settings);
    const door = running.services.at(-1)?.url ?? '';
    process.stdout.write(greeting(door, dataFolder, performance.now() - began));
    return {
      services: running.services,
      close: async () => {
        await running.close();
        await postgres?.stop();
      },
    };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

function folderAbove(folder: string): string {
  return join(folder, '..');
}

/** Without its database the process can do nothing; the next start recovers. */
function lost(why: string): void {
  process.stderr.write(`The embedded PostgreSQL is gone (${why}). Start again; nothing that was accepted is lost.\n`);
  process.exit(1);
}

/** What the command line asks when it is told nothing else. */
const usualUrl = 'http://127.0.0.1:8080';

function greeting(url: string, dataFolder: string, tookMs: number): string {
  return [
    '',
    `  Tributary ${version} is ready after ${(tookMs / 1000).toFixed(1)} s · 已就绪`,
    '',
    `  ${url}                 data in ${dataFolder}`,
    '',
    '  Try it · 试一试:',
    `    npm run -s tributary -- gate upload dist/examples/retail-2.3.1.zip --wait${url === usualUrl ? '' : ` --url ${url}`}`,
    '',
    '  Ctrl-C stops it; what was accepted goes on with the next start.',
    '',
  ].join('\n');
}

function sentenceOf(error: unknown): string | undefined {
  if (error instanceof ArgumentError) return error.message;
  if (error instanceof PortInUse) {
    return `Port ${error.port} is in use. Stop what listens there, or choose another one: npm start -- --port ${error.port + 1}\n端口 ${error.port} 已被占用，可换一个端口：npm start -- --port ${error.port + 1}`;
  }
  if (isLocalRuntimeError(error)) return `${error.message}\n${error.hint.en}\n${error.hint.zh}${error.detail === '' ? '' : `\n${error.detail}`}`;
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'EADDRINUSE') return 'The port was taken meanwhile; start again.';
  if (code === 'EACCES' || code === 'EROFS')
    return `${error instanceof Error ? error.message : String(error)}\nThe data folder cannot be written: choose another one with npm start -- --data DIR`;
  return undefined;
}
