/** What a person has chosen, kept in this browser; where storage is forbidden it is kept until the page is closed. */
const prefix = 'tributary.';
const forNow = new Map<string, string>();

export function kept(name: string): string | undefined {
  try {
    return window.localStorage.getItem(prefix + name) ?? forNow.get(name);
  } catch {
    return forNow.get(name);
  }
}

export function keep(name: string, value: string): void {
  forNow.set(name, value);
  try {
    window.localStorage.setItem(prefix + name, value);
  } catch {
    // Storage is forbidden or full: the choice holds for this page.
  }
}
