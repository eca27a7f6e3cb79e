/** What a definition is lent while it scans: file by file, with secrets masked, corrupt content told, and the place known. */
import { type Finding, maskSecrets, secretsIn, type SuppressedNote } from '@tributary/findings';
import { EntryCorrupt, type PackageEntry, type SoundPackage } from '@tributary/package-reader';
import { corruptFinding, kitFinding } from '../definition/kit-findings';
import { type FileText, type ScanEvent, type ScanTools } from '../definition/worker-definition';
import { isOfSurroundings } from './scan-failure';

export interface FileToolsOptions {
  readonly uploadedAt: number | undefined;
  readonly signal: AbortSignal;
  readonly onFile: (path: string) => void;
  readonly onNote: (text: string) => void;
  readonly onSuppressed: (notes: readonly SuppressedNote[]) => void;
}

const unit = 'files';

export class FileTools implements ScanTools {
  readonly uploadedAt: number | undefined;
  readonly #noted = new Set<string>();
  /** Of the file that is being checked. */
  #secrets: readonly string[] = [];

  constructor(private readonly options: FileToolsOptions) {
    this.uploadedAt = options.uploadedAt;
  }

  async *perFile(files: readonly PackageEntry[], check: (file: PackageEntry) => Promise<Iterable<Finding>>): AsyncGenerator<ScanEvent> {
    for (const [done, file] of files.entries()) {
      this.options.signal.throwIfAborted();
      yield { done, total: files.length, unit };
      this.options.onFile(file.path);
      yield* await this.#checked(file, check);
    }
    yield { done: files.length, total: files.length, unit };
  }

  async text(sound: SoundPackage, file: PackageEntry, bytesMax: number): Promise<FileText> {
    const read = await sound.readText(file, bytesMax);
    if (read.kind === 'refused') return { kind: 'refused', finding: kitFinding(read.code, { path: file.path, detail: read.detail }) };
    this.#secrets = secretsIn(read.text);
    return { kind: 'text', text: read.text };
  }

  suppressed(notes: readonly SuppressedNote[]): void {
    this.options.onSuppressed(notes);
  }

  note(text: string): void {
    if (this.#noted.has(text)) return;
    this.#noted.add(text);
    this.options.onNote(text);
  }

  async #checked(file: PackageEntry, check: (file: PackageEntry) => Promise<Iterable<Finding>>): Promise<Finding[]> {
    this.#secrets = [];
    try {
      const findings = await check(file);
      return [...findings].map((finding) => masked(finding, this.#secrets));
    } catch (error) {
      if (error instanceof EntryCorrupt) return [corruptFinding(error)];
      if (this.options.signal.aborted || isOfSurroundings(error)) throw error;
      const said = error instanceof Error ? error.message : String(error);
      this.note(`a check threw: ${error instanceof Error ? (error.stack ?? said) : said}`);
      return [kitFinding('CHECK_FAILED', { path: file.path, detail: { en: said, zh: said }, secrets: this.#secrets })];
    }
  }
}

function masked(finding: Finding, secrets: readonly string[]): Finding {
  if (secrets.length === 0) return finding;
  const { message, evidence, fix } = finding;
  const both = ({ en, zh }: Finding['message']): Finding['message'] => ({ en: maskSecrets(en, secrets), zh: maskSecrets(zh, secrets) });
  return {
    ...finding,
    message: both(message),
    ...(evidence !== undefined && { evidence: maskSecrets(evidence, secrets) }),
    ...(fix !== undefined && { fix: both(fix) }),
  };
}
