/** The title of the document: the page first, so that tabs can be told apart. */
import { useEffect } from 'react';

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Tributary' : `${title} · Tributary`;
  }, [title]);
}
