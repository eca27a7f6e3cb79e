/** After a step to another page, keyboard and screen reader stand at its beginning; within one task they stay where they are. */
import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { placeOf } from './place';

export function useFocusOnNewPage(): RefObject<HTMLElement | null> {
  const content = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const before = useRef(placeOf(pathname));
  useEffect(() => {
    const place = placeOf(pathname);
    if (place === before.current) return;
    before.current = place;
    window.scrollTo(0, 0);
    content.current?.focus({ preventScroll: true });
  }, [pathname]);
  return content;
}
