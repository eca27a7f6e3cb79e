/** Runs a definition over a small package in this process, as a scan process would: for tests of workers. */
import { defaultPolicy } from '@tributary/facts';
import { parseReportLine, type ReportHeader, type SaidFinding } from '@tributary/findings';
import { InMemoryPackageStore, keyOfUri } from '@tributary/package-store';
import { type AnyWorkerDefinition } from '../definition/worker-definition';
import { ScanSession } from '../scan/scan-session';
import { type Considered, type Impossible, type Scanned } from '../worker/scan-runner';
import { zipOf, type ZipFile } from './zip';

export interface ScannedFiles {
  readonly considered: Considered;
  /** Also of a package that was declined: what a scan would say. */
  readonly scanned: Scanned | Impossible;
  readonly findings: readonly SaidFinding[];
  readonly header: ReportHeader | undefined;
  readonly notes: readonly string[];
}

/** `files`: the package's, or its bytes. */
export async function scanFiles(
  definition: AnyWorkerDefinition,
  files: readonly ZipFile[] | Buffer,
  config: Record<string, unknown> = {},
): Promise<ScannedFiles> {
  const store = new InMemoryPackageStore(() => new Date(0));
  const bytes = Buffer.isBuffer(files) ? files : zipOf(files);
  await store.put('tasks/t/package.zip', oneChunk(bytes));
  const notes: string[] = [];
  const session = new ScanSession({
    definition,
    store,
    job: {
      subTaskType: definition.subTaskType,
      taskId: 't',
      round: 1,
      attempt: 1,
      budgets: defaultPolicy.budgets,
      config,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      context: { filePath: 'store:tasks/t/package.zip', fileName: 'a.zip', product: 'p', version: '1', uploadTime: '2026-01-01T00:00:00.000Z' },
    },
    signal: new AbortController().signal,
    onFile: () => undefined,
    onProgress: () => undefined,
    onNote: (text) => notes.push(text),
  });
  const considered = await session.consider();
  const scanned = await session.scan();
  const lines = scanned.kind === 'scanned' && scanned.report ? await linesOf(store, scanned.report.uri) : [];
  const parsed = lines.map(parseReportLine);
  return {
    considered,
    scanned,
    findings: parsed.flatMap((line) => (line.kind === 'finding' ? [line.finding] : [])),
    header: parsed.find((line) => line.kind === 'header')?.header,
    notes,
  };
}

async function linesOf(store: InMemoryPackageStore, uri: string): Promise<string[]> {
  const key = keyOfUri(uri)!;
  const head = await store.head(key);
  return (await store.readBytes(key, 0, head!.size)).toString().trimEnd().split('\n');
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
