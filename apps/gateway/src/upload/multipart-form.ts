/** A form on its way in: the part `file` as a stream, and the fields before and behind it. */
import { type Fault, type Bilingual, Problem } from '@tributary/service-kit';
import busboy from 'busboy';
import { type IncomingMessage } from 'node:http';
import { type Readable } from 'node:stream';
import { cleanFileName } from './file-name';

/** Bytes of one field; a policy is the longest. */
const fieldBytesMax = 256 * 1024;
const partsMax = 20;

export interface FormFile {
  readonly fileName: string;
  readonly bytes: Readable;
}

export class MultipartForm {
  readonly fields = new Map<string, string>();
  /** One entry per fault of the form itself: unknown, repeated, too long. */
  readonly faults: Fault[] = [];
  /** Resolves with the part `file` as soon as it begins, or with undefined when the form has ended without one. */
  readonly file: Promise<FormFile | undefined>;
  /** Resolves when the last field was read; rejects with a `Problem` when the form breaks off. */
  readonly ended: Promise<void>;
  readonly #parser: busboy.Busboy;
  #files = 0;
  #broken: Problem | undefined;

  /** Throws a `Problem` (400) when the header announces no readable form. */
  constructor(
    private readonly request: IncomingMessage,
    private readonly knownFields: readonly string[],
  ) {
    this.#parser = this.#open();
    this.ended = new Promise((resolve, reject) => {
      this.#parser.once('close', resolve);
      this.#parser.once('error', (error) => {
        this.#broken = malformedForm(error instanceof Error ? error.message : 'unreadable');
        reject(this.#broken);
      });
    });
    // Whoever waits for the file alone need not hear of the form's end.
    this.ended.catch(() => undefined);
    this.file = new Promise((resolve, reject) => {
      this.#parser.on('file', (name, bytes, { filename }) => {
        this.#onFile(name, bytes, filename, resolve);
      });
      this.ended.then(() => {
        resolve(undefined);
      }, reject);
    });
    this.file.catch(() => undefined);
    this.#parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
      this.#onField(name, value, nameTruncated || valueTruncated);
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      this.#parser.once(limit, () => this.faults.push(fault('form', 'TOO_MANY_PARTS', { en: 'the form has too many parts', zh: '表单部件过多' })));
    }
    const broken = (): void => {
      this.abandon(new Error('the connection ended'));
    };
    request.once('aborted', broken);
    request.once('error', broken);
    request.pipe(this.#parser);
  }

  /** Stops reading; what is still waited for rejects. */
  abandon(because: Error): void {
    this.request.unpipe(this.#parser);
    this.#parser.destroy(because);
  }

  /** What the form broke off with, if that is why reading its file failed. */
  async brokenBy(): Promise<Problem | undefined> {
    // The file hears of it a moment before the form does.
    await new Promise((resolve) => setImmediate(resolve));
    return this.#broken;
  }

  #open(): busboy.Busboy {
    try {
      return busboy({
        headers: this.request.headers,
        defParamCharset: 'utf8',
        limits: { fieldSize: fieldBytesMax, fields: partsMax, files: 4, parts: partsMax, headerPairs: 100 },
      });
    } catch (error) {
      throw malformedForm(error instanceof Error ? error.message : 'unreadable');
    }
  }

  #onFile(name: string, bytes: Readable, fileName: string | undefined, found: (file: FormFile) => void): void {
    // A stream that is torn down with its form tells so to whoever reads it; nobody may be reading.
    bytes.on('error', () => undefined);
    if (name === 'file' && ++this.#files === 1) {
      found({ fileName: cleanFileName(fileName), bytes });
      return;
    }
    this.faults.push(
      name === 'file'
        ? fault('file', 'REPEATED_FIELD', { en: 'there is more than one file', zh: '只能上传一个文件' })
        : fault(name, 'UNKNOWN_FIELD', { en: `nobody reads ${name}`, zh: `未知字段：${name}` }),
    );
    bytes.resume();
  }

  #onField(name: string, value: string, truncated: boolean): void {
    const shown = name.slice(0, 100);
    if (!this.knownFields.includes(name)) {
      // A part `file` without a file name is a text, not a file.
      if (name !== 'file') this.faults.push(fault(shown, 'UNKNOWN_FIELD', { en: `nobody reads ${shown}`, zh: `未知字段：${shown}` }));
    } else if (truncated) {
      this.faults.push(fault(shown, 'TOO_LONG', { en: `${shown} has ${fieldBytesMax} bytes at most`, zh: `${shown} 最大 ${fieldBytesMax} 字节` }));
    } else if (this.fields.has(name)) {
      this.faults.push(fault(shown, 'REPEATED_FIELD', { en: `${shown} stands there twice`, zh: `字段 ${shown} 重复` }));
    } else {
      this.fields.set(name, value);
    }
  }
}

function fault(parameter: string, code: string, message: Bilingual): Fault {
  return { parameter, code, message };
}

export function malformedForm(said: string): Problem {
  return new Problem(400, 'MALFORMED_FORM', { en: `The form cannot be read: ${said}.`, zh: '表单格式错误或不完整。' });
}
