/** The workers that `docs/taking-part.md` shows, run as they stand there: only the address of Kafka is another one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder, resolveJars } from '@tributary/local-runtime';

export interface PageWorker {
  readonly language: string;
  readonly subTaskType: string;
  /** Its consumer group on the page. */
  readonly group: string;
  /** Why it cannot run on this machine. */
  readonly missing?: string;
  /** `group`: other than the page's, to read everything again. */
  start(bootstrap: string, group?: string): Promise<RunningWorker>;
}

export interface RunningWorker {
  /** What it has written so far, for the message of a failure. */
  readonly output: () => string;
  /** `kill -9`: what it has not committed, it will tell again. */
  kill(): Promise<void>;
}

const page = readFileSync(above(__dirname, join('docs', 'taking-part.md')), 'utf8');

function above(folder: string, path: string): string {
  return existsSync(join(folder, path)) ? join(folder, path) : above(dirname(folder), path);
}

/** A block of the page with the address, and the group, that a test wants. */
function shown({ language, group: ownGroup }: Pick<PageWorker, 'language' | 'group'>, bootstrap: string, group = ownGroup): string {
  const code = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1];
  if (code?.includes('localhost:9092') !== true || !code.includes(`"${ownGroup}"`)) throw new Error(`docs/taking-part.md shows no worker in ${language}`);
  return code.replaceAll('localhost:9092', bootstrap).replaceAll(`"${ownGroup}"`, `"${group}"`);
}

/** The client library that the page names. */
const pythonClient = 'confluent-kafka==2.16.1';
const pythonFolder = join(cacheFolder(), pythonClient.replace('==', '-'));

/** Fetched once, by pip, beside the jars of Kafka; answers why not. */
function fetchPythonClient(): string | undefined {
  if (existsSync(pythonFolder)) return undefined;
  mkdirSync(cacheFolder(), { recursive: true });
  const fresh = mkdtempSync(join(cacheFolder(), 'fetching-python-'));
  const pip = spawnSync('python3', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', fresh, pythonClient], { encoding: 'utf8' });
  if (pip.status === 0) renameSync(fresh, pythonFolder);
  else rmSync(fresh, { recursive: true });
  return pip.status === 0 ? undefined : `pip cannot install ${pythonClient}: ${pip.error?.message ?? pip.stderr.trim().slice(-300)}`;
}

const javaImports = [
  'com.fasterxml.jackson.databind.ObjectMapper',
  'java.time.Duration',
  'java.util.*',
  'org.apache.kafka.clients.consumer.*',
  'org.apache.kafka.clients.producer.*',
  'org.apache.kafka.common.serialization.*',
];

/** The page leaves out what every Java file has around it. */
function javaFile(code: string): string {
  const helpers = code.indexOf('static String header');
  return [
    ...javaImports.map((name) => `import ${name};`),
    'import static java.nio.charset.StandardCharsets.UTF_8;',
    'public class PageWorker {',
    `public static void main(String[] arguments) throws Exception {\n${code.slice(0, helpers)}}`,
    `${code.slice(helpers)}}`,
  ].join('\n');
}

function runFile(
  name: string,
  text: string,
  [command, ...before]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>> = {},
): RunningWorker {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-page-worker-'));
  writeFileSync(join(folder, name), text);
  const child: ChildProcess = spawn(command, [...before, join(folder, name)], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => {
      output = (output + bytes.toString()).slice(-4_000);
    });
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  return {
    output: () => (child.exitCode === null ? output : `it ended with ${child.exitCode}: ${output}`),
    kill: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

const inPython = { language: 'python', subTaskType: 'PY_LINT', group: 'py-lint' } as const;
const inJava = { language: 'java', subTaskType: 'JAVA_LINT', group: 'java-lint' } as const;
const pythonMissing = fetchPythonClient();

/** Java is there where a Kafka of our own is. */
export const pageWorkers: readonly PageWorker[] = [
  {
    ...inPython,
    ...(pythonMissing !== undefined && { missing: pythonMissing }),
    start: (bootstrap, group) => Promise.resolve(runFile('worker.py', shown(inPython, bootstrap, group), ['python3', '-u'], { PYTHONPATH: pythonFolder })),
  },
  {
    ...inJava,
    start: async (bootstrap, group) => {
      const { classpath } = await resolveJars();
      return runFile('PageWorker.java', javaFile(shown(inJava, bootstrap, group)), ['java', '-cp', classpath]);
    },
  },
];
