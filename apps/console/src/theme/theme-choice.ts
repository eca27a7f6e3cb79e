/** Light, dark, or as the system has it: kept in the browser, written to the document before anything is drawn. */
import { useSyncExternalStore } from 'react';
import { keep, kept } from '../shell/preferences';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const preference = 'theme';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let choice: ThemeChoice = themeChoices.find((known) => known === kept(preference)) ?? 'system';

export function chooseTheme(chosen: ThemeChoice): void {
  choice = chosen;
  keep(preference, chosen);
  changed();
}

/** Once, before the first rendering. */
export function startTheme(): void {
  systemDark.addEventListener('change', changed);
  changed();
}

export function useTheme(): { readonly choice: ThemeChoice; readonly isDark: boolean } {
  const isNowDark = useSyncExternalStore(listen, isDark);
  return { choice: useSyncExternalStore(listen, () => choice), isDark: isNowDark };
}

function isDark(): boolean {
  return choice === 'dark' || (choice === 'system' && systemDark.matches);
}

function changed(): void {
  document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
