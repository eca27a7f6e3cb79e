/** The console as a person has it: the whole system from its bundles, and a real browser in front of it. */
import axe from 'axe-core';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { GateClient } from '../../../e2e/src/testing/gate-client';
import { startSystem, type System } from '../../../e2e/src/testing/system';
import { type Language, tagOf } from '../texts/language';

const browserPath = [process.env['CHROMIUM_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const quietly = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-sandbox',
];

if (browserPath === undefined)
  process.stderr.write('skipped: the console in a browser: there is no Chromium on this machine (CHROMIUM_PATH, or apt-get install chromium)\n');

/** Skipped, with the sentence above, where there is no browser. */
export const describeInBrowser = browserPath === undefined ? describe.skip : describe;

export interface Opening {
  readonly language?: Language;
  readonly dark?: boolean;
  readonly width?: number;
  /** Without it everything is in its place at once: on a busy machine a menu that is still opening moves from under the pointer between press and release. */
  readonly motion?: boolean;
}

interface AxeWindow {
  readonly axe?: {
    run(context: unknown, options: unknown): Promise<{ violations: readonly { id: string; nodes: readonly { html: string; failureSummary?: string }[] }[] }>;
  };
}

export class ConsoleUnderTest {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tributary-console-'));
  readonly #contexts: BrowserContext[] = [];
  #system: System | undefined;
  #browser: Browser | undefined;

  async start(env: Readonly<Record<string, string>> = {}): Promise<this> {
    this.#system = await startSystem({ kind: 'standalone', env });
    // Chromium cannot open a file with a Chinese name where the locale is plain C.
    const environment = { ...process.env, LC_ALL: 'C.UTF-8' };
    this.#browser = await chromium.launch({ executablePath: browserPath ?? '', headless: true, args: quietly, env: environment });
    return this;
  }

  get url(): string {
    return this.#system?.url ?? '';
  }

  get gate(): GateClient {
    return new GateClient(this.url);
  }

  /** A page of somebody who has never been here. */
  async open(path: string, { language = 'en', dark = false, width = 1_280, motion = false }: Opening = {}): Promise<Page> {
    if (!this.#browser) throw new Error('not started');
    const context = await this.#browser.newContext({
      baseURL: this.url,
      locale: tagOf[language],
      colorScheme: dark ? 'dark' : 'light',
      viewport: { width, height: 800 },
      reducedMotion: motion ? 'no-preference' : 'reduce',
    });
    this.#contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(path);
    return page;
  }

  async closePages(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
  }

  /** A file on the disk, as somebody would choose it. */
  file(name: string, bytes: Uint8Array | string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, bytes);
    return path;
  }

  async stop(): Promise<void> {
    await this.closePages();
    await this.#browser?.close();
    await this.#system?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The theme is there, and what fades has faded, however busy the machine is. */
async function settled(page: Page, theme: string): Promise<void> {
  await page.locator(`html[data-theme="${theme}"]`).waitFor({ state: 'attached' });
  await page.evaluate(async () => {
    for (let frames = 0; frames < 6; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
    const ends = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ends.map(({ finished }) => finished));
  });
  await page.waitForTimeout(300);
}

/** Dark differs from light in colours alone: names, roles and order are those of the same page. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** What axe finds in light and in dark, and whether a phone has to scroll sideways; empty when all is well. */
export async function barriersOn(page: Page): Promise<string[]> {
  const barriers: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page, colorScheme);
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
    const rules = colorScheme === 'light' ? {} : { runOnly: { type: 'rule', values: rulesOfColour } };
    const found = await page.evaluate((chosen) => (globalThis as AxeWindow).axe?.run(document, { resultTypes: ['violations'], ...chosen }), rules);
    if (!found) throw new Error('axe did not load');
    barriers.push(
      ...found.violations.map(
        ({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join('; ')}`,
      ),
    );
  }
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 780 });
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overhang > 0) barriers.push(`at 360 px the page is ${overhang} px too wide`);
  if (before) await page.setViewportSize(before);
  return barriers;
}
