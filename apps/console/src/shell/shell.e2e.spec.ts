/** The frame of the console in a real browser: language, theme, keyboard, token, a server that is gone, and what a first visit costs. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainPackage } from '../../../e2e/src/testing/packages';
import { barriersOn, ConsoleUnderTest, describeInBrowser } from '../testing/console-under-test';
import { wordsIn } from '../testing/words';

const [en, zh] = [wordsIn('en'), wordsIn('zh')];

describeInBrowser('[C-003] the console', () => {
  const console = new ConsoleUnderTest();
  beforeAll(() => console.start());
  afterAll(() => console.stop());
  afterEach(() => console.closePages());

  it('loads less than 350 kB at the first visit, all of it from the gate, and breaks no rule of its policy', async () => {
    const page = await console.open('about:blank');
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    let bytes = 0;
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const urls: string[] = [];
    page.on('request', (request) => urls.push(request.url()));
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(console.url);
    await page.getByRole('radio', { name: en('upload', 'policy_fast') }).waitFor();
    await page.waitForLoadState('networkidle');
    process.stdout.write(`first visit of the upload page: ${(bytes / 1_000).toFixed(1)} kB over the wire\n`);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(350_000);
    expect(urls.filter((url) => !url.startsWith(console.url))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('speaks the language of the browser first, then the one that was chosen', async () => {
    const page = await console.open('/', { language: 'zh' });
    await page.getByRole('heading', { name: zh('upload', 'title') }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: en('upload', 'title') }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: en('upload', 'title') }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('is light or dark as it was chosen', async () => {
    const page = await console.open('/', { dark: true });
    const theme = (): Promise<string | null> => page.locator('html').getAttribute('data-theme');
    expect(await theme()).toBe('dark');
    await page.getByLabel(en('shell', 'theme')).selectOption('light');
    expect(await theme()).toBe('light');
    await page.reload();
    expect(await theme()).toBe('light');
  });

  it('can be walked with the keyboard alone', async () => {
    const page = await console.open('/');
    await page.getByRole('heading', { name: en('upload', 'title') }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe(en('shell', 'skipToContent'));
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('content');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('type')).toBe('file');
    await page.getByRole('link', { name: en('shell', 'navTasks') }).press('Enter');
    await page.waitForURL('**/tasks');
    // Drawn a moment after the address has changed.
    await page.locator('#content:focus').waitFor();
  });

  it.each(['en', 'zh'] as const)('shows in %s where one is on a narrow screen, too', async (language) => {
    const page = await console.open('/dead-letters', { language, width: 360 });
    const here = page.getByRole('link', { name: wordsIn(language)('shell', 'navDeadLetters') });
    await here.waitFor();
    await page.waitForFunction((link) => link.getBoundingClientRect().right <= window.innerWidth, await here.elementHandle());
  });

  it.each(['en', 'zh'] as const)('says in %s that a page is not there', async (language) => {
    const page = await console.open('/no/such/page', { language });
    await page.getByRole('heading', { name: wordsIn(language)('shell', 'notFoundTitle') }).waitFor();
    expect(await barriersOn(page)).toEqual([]);
  });

  it('says that it is offline, and that the server is gone, and goes on by itself', async () => {
    const page = await console.open('/');
    await page.getByRole('radio', { name: en('upload', 'policy_fast') }).waitFor();
    await page.context().setOffline(true);
    await page.getByText(en('shell', 'offline')).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await page.context().setOffline(false);
    await page.getByText(en('shell', 'offline')).waitFor({ state: 'detached' });
    await page.route(/\/(api|healthz)/, (route) => route.abort('connectionrefused'));
    await page.getByRole('link', { name: en('shell', 'navTasks') }).click();
    await page.getByText(en('shell', 'unreachable')).waitFor();
    await page.unroute(/\/(api|healthz)/);
    await page.getByText(en('shell', 'unreachable')).waitFor({ state: 'detached' });
  });

  it('opens a page that could not be fetched as soon as the server is back, with its looks, and loads nothing else anew', async () => {
    const page = await console.open('/');
    await page.getByRole('radio', { name: en('upload', 'policy_fast') }).waitFor();
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    await page.route(/\/(api|healthz|assets)/, (route) => route.abort('connectionrefused'));
    await page.getByRole('link', { name: en('shell', 'navPolicies') }).click();
    await page.getByRole('heading', { name: en('shell', 'awayTitle') }).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await page.unroute(/\/(api|healthz|assets)/);
    await page.getByRole('heading', { name: en('policies', 'title') }).waitFor();
    await page.locator('.policy-list').waitFor();
    expect(await page.locator('.policy-list').evaluate((list) => getComputedStyle(list).display)).toBe('grid');
    expect(await page.evaluate(() => Object.hasOwn(window, 'stayed'))).toBe(true);
  });
});

describeInBrowser.each(['en', 'zh'] as const)('[C-004] a gate with tokens, in %s', (language) => {
  const words = wordsIn(language);
  const console = new ConsoleUnderTest();
  const folder = mkdtempSync(join(tmpdir(), 'tributary-tokens-'));
  beforeAll(async () => {
    const tokensFile = join(folder, 'tokens');
    writeFileSync(tokensFile, `ann:${createHash('sha256').update('s3cret').digest('hex')}\n`);
    await console.start({ TRIBUTARY_TOKENS_FILE: tokensFile });
  });
  afterAll(async () => {
    await console.stop();
    rmSync(folder, { recursive: true });
  });

  it('asks for a token, says when it is wrong, and goes on with the right one', async () => {
    const page = await console.open('/', { language });
    await page.getByRole('dialog').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await page.getByLabel(words('shell', 'tokenLabel'), { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText(words('shell', 'tokenWrong')).waitFor();
    await page.getByLabel(words('shell', 'tokenLabel'), { exact: true }).fill('s3cret');
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: words('upload', 'policy_fast') }).check();
    await page.setInputFiles('input[type=file]', console.file('retail-1.zip', plainPackage()));
    await page.locator('.upload-start').click();
    await page.waitForURL(/\/tasks\//);
    await page.getByText(words('task', 'live_live'), { exact: true }).waitFor();
    await page.locator('.verdict-card').waitFor();
  });
});
