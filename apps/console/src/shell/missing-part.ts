/** A page whose code did not arrive: gone from the server after an update, or the connection is gone. */
import { useEffect, useState } from 'react';
import { callFailed, onBackAgain } from '../api/connection';

/** How browsers and the loader of Vite say so. */
const words = /dynamically imported module|module script failed|unable to preload/i;

export function isMissingPart(text: string): boolean {
  return words.test(text);
}

/** Where the server cannot be asked, loads the page again as soon as it can be; its address is the wanted one already. */
export function useMissingPart(missing: boolean): 'asking' | 'unreachable' | 'gone' {
  const [state, setState] = useState<'asking' | 'unreachable' | 'gone'>('asking');
  useEffect(() => {
    if (!missing) return;
    const asking = new AbortController();
    fetch('/healthz', { cache: 'no-store', signal: asking.signal }).then(
      () => {
        setState('gone');
      },
      () => {
        if (asking.signal.aborted) return;
        callFailed();
        setState('unreachable');
      },
    );
    const forget = onBackAgain(() => {
      window.location.reload();
    });
    return () => {
      asking.abort();
      forget();
    };
  }, [missing]);
  return state;
}
