/** Sends a package with progress. `fetch` cannot tell how much of a body has left: this is XMLHttpRequest. */
import { problemIn, Unreachable, uploadAddress, type UploadFields } from '@tributary/api-client';
import { type Accepted } from '@tributary/http-api';
import { api } from '../api/api';
import { callFailed, callSucceeded } from '../api/connection';
import { currentToken, wantToken } from '../api/token';

export interface Sending extends UploadFields {
  readonly file: File;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  /** Bytes of the file that have left. */
  readonly onProgress: (sentBytes: number) => void;
}

export interface Sent {
  readonly accepted: Accepted;
  /** An earlier attempt had arrived: no second task was made. */
  readonly replayed: boolean;
}

/** The file on the disk is not the one that was chosen any more. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
}

/** Rejects with `ApiProblem`, `StrangeAnswer`, `Unreachable`, `FileChanged`, or the signal's reason. */
export async function sendPackage(sending: Sending): Promise<Sent> {
  const { file, signal } = sending;
  const { path, query, headers } = uploadAddress({ ...sending, fileName: file.name });
  const { url, headers: always } = api.requestTo(path, query);
  const token = currentToken();
  const request = await answered({ ...sending, url, headers: { ...always, ...headers } });
  signal.throwIfAborted();
  if (request.status === 0) throw await unheard(file, url);
  callSucceeded();
  if (request.status === 401) wantToken(token);
  if (request.status === 202)
    return { accepted: JSON.parse(request.responseText) as Accepted, replayed: request.getResponseHeader('idempotent-replay') === 'true' };
  throw problemIn({ status: request.status, body: request.responseText, header: (name) => request.getResponseHeader(name) }, url, Date.now());
}

function answered({
  file,
  url,
  headers,
  signal,
  onProgress,
}: Sending & { readonly url: string; readonly headers: Readonly<Record<string, string>> }): Promise<XMLHttpRequest> {
  const request = new XMLHttpRequest();
  return new Promise((resolve) => {
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => {
      onProgress(loaded);
    });
    request.addEventListener('loadend', () => {
      resolve(request);
    });
    signal.addEventListener(
      'abort',
      () => {
        request.abort();
      },
      { once: true },
    );
    request.send(file);
  });
}

/** Browsers do not tell why nothing was heard; whether the file can still be read does. */
async function unheard(file: File, url: string): Promise<Error> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (error) {
    return new FileChanged(file.name, { cause: error });
  }
  callFailed();
  return new Unreachable(url, new Error('the connection broke off'));
}
