/** The packages of this browser on their way in. They go on while somebody looks at another page. */
import { useSyncExternalStore } from 'react';
import { onBackAgain } from '../api/connection';
import { onToken } from '../api/token';
import { sendPackage } from './send-package';
import { type UploadEntry } from './upload-entry';
import { UploadQueue } from './upload-queue';

/** `crypto.randomUUID` is there for secure origins only; a gate in a local network may be none. */
function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const uploads = new UploadQueue({ send: sendPackage, freshKey, now: () => performance.now() });

/** Once, when the first page that needs it is there. */
onBackAgain(() => {
  uploads.resume();
});
onToken(() => {
  uploads.resumeRefused();
});

export function useUploads(): readonly UploadEntry[] {
  return useSyncExternalStore(uploads.listen, uploads.entries);
}
