/** A page whose code did not arrive: gone from the server after an update, or the connection is gone. */
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { callFailed, onBackAgain } from '../api/connection';

/** How browsers and the loader of Vite say so. */
const words = /dynamically imported module|module script failed|unable to preload/i;

const lostStyles = new Set<HTMLLinkElement>();
// Such errors do not bubble.
window.addEventListener('error', rememberStyle, true);

function rememberStyle({ target }: Event): void {
  if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lostStyles.add(target);
}

export function isMissingPart(text: string): boolean {
  return words.test(text);
}

/** Where the server cannot be asked, goes to the page once more as soon as it can be. Nothing is loaded anew: uploads are on their way here. */
export function useMissingPart(missing: boolean): 'asking' | 'unreachable' | 'gone' {
  const [state, setState] = useState<'asking' | 'unreachable' | 'gone'>('asking');
  const navigate = useNavigate();
  const place = useLocation();
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
      fetchStylesAgain();
      void navigate(place, { replace: true });
    });
    return () => {
      asking.abort();
      forget();
    };
  }, [missing, navigate, place]);
  return state;
}

/** The loader asks for a style sheet only once, and leaves its element where it is. */
function fetchStylesAgain(): void {
  for (const link of lostStyles) link.replaceWith(link.cloneNode());
  lostStyles.clear();
}
