/** Wait without blocking, alone or for something to become true. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Asks every `everyMs` until the answer is yes or `timeoutMs` are over. The last answer. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs: number, everyMs = 10): Promise<boolean> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (performance.now() >= giveUpAt) return false;
    await sleep(everyMs);
  }
}
