/** On a narrow screen the way around scrolls sideways: where we are must be in sight. */
import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** For the element whose `.active` child is to be seen. */
export function useActiveInView<E extends HTMLElement>(language: string): RefObject<E | null> {
  const around = useRef<E>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const bar = around.current;
    const active = bar?.querySelector<HTMLElement>('.active');
    // Only the bar is moved, never the page.
    if (bar && active) bar.scrollLeft = active.offsetLeft - bar.offsetLeft - (bar.clientWidth - active.offsetWidth) / 2;
  }, [pathname, language]);
  return around;
}
