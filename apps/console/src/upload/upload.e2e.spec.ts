/** Packages go in through a real browser, in both languages. */
import { randomUUID } from 'node:crypto';
import { mixedPackage, plainPackage, sqlPackage } from '../../../e2e/src/testing/packages';
import { barriersOn, ConsoleUnderTest, describeInBrowser } from '../testing/console-under-test';
import { wordsIn } from '../testing/words';

describeInBrowser.each(['en', 'zh'] as const)('[C-001] the upload page in %s', (language) => {
  const words = wordsIn(language);
  const console = new ConsoleUnderTest();
  beforeAll(() => console.start());
  afterAll(() => console.stop());
  afterEach(() => console.closePages());

  it('reads product and version from the name, and leads to the task and its verdict', async () => {
    const page = await console.open('/', { language });
    expect(await barriersOn(page)).toEqual([]);
    await page.setInputFiles('input[type=file]', console.file('零售-2.3.1.zip', sqlPackage(3)));
    expect(await page.getByRole('textbox', { name: words('upload', 'product') }).inputValue()).toBe('零售');
    expect(await page.getByRole('textbox', { name: words('upload', 'version') }).inputValue()).toBe('2.3.1');
    await page.getByRole('radio', { name: words('upload', 'policy_fast') }).check();
    await page.locator('.upload-start').click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { name: /零售 2\.3\.1/ }).waitFor();
    await page.locator('.verdict-card').getByText(words('status', 'state_SUCCESS'), { exact: true }).waitFor();
  });

  it('takes several at once; who is refused reads why and what to do', async () => {
    const page = await console.open('/', { language });
    await page.setInputFiles('input[type=file]', [
      console.file('retail_v2.3.zip', mixedPackage()),
      console.file('marketing.zip', plainPackage()),
      console.file('renamed-1.0.zip', 'this is a text'.repeat(50)),
      console.file('notes.txt', 'no zip at all'),
    ]);
    await page.getByText(words('upload', 'notZip', { name: 'notes.txt' })).waitFor();
    await page.locator('.upload-start').click();
    const refused = page.locator('.upload-row', { hasText: 'renamed-1.0.zip' });
    await refused.getByText(words('problem', 'way_NOT_A_ZIP')).waitFor();
    await refused.getByText('NOT_A_ZIP', { exact: true }).waitFor();
    await page.getByText(words('upload', 'watch')).nth(1).waitFor();
    expect(await page.getByRole('link', { name: words('upload', 'watch') }).count()).toBe(2);
    expect(await barriersOn(page)).toEqual([]);
  });

  it('marks a product that the gate would not take before anything is sent', async () => {
    const page = await console.open('/', { language });
    await page.setInputFiles('input[type=file]', console.file('retail-1.zip', plainPackage()));
    await page.getByRole('textbox', { name: words('upload', 'product') }).fill('no such/product');
    await page.getByText(words('upload', 'productInvalid')).waitFor();
    expect(await page.locator('.upload-start').isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: words('upload', 'product') }).fill('');
    expect(await page.locator('.upload-start').isDisabled()).toBe(false);
  });

  it('shows how much has left and how long it takes, and can be cancelled', async () => {
    const page = await console.open('/', { language });
    await page.setInputFiles('input[type=file]', console.file('large-1.zip', Buffer.concat([plainPackage(), Buffer.alloc(3_000_000, 7)])));
    const network = await page.context().newCDPSession(page);
    await network.send('Network.emulateNetworkConditions', { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 250_000 });
    await page.locator('.upload-start').click();
    const bar = page.getByRole('progressbar', { name: words('upload', 'progressOf', { name: 'large-1.zip' }) });
    await page.waitForFunction((left) => document.querySelector('.transfer-words')?.textContent.includes(left), language === 'zh' ? '剩余' : 'left');
    expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(100);
    expect(await page.locator('.transfer-words').textContent()).toMatch(/MB/);
    await page.getByRole('button', { name: words('upload', 'cancel', { name: 'large-1.zip' }) }).click();
    await page.getByRole('textbox', { name: words('upload', 'product') }).waitFor();
    expect(await page.locator('.transfer').count()).toBe(0);
  });

  it('goes on after a lost answer, and no second task comes of it', async () => {
    const product = `lost-${randomUUID().slice(0, 8)}`;
    const page = await console.open('/', { language });
    let lost = 0;
    await page.route('**/api/v1/gate/tasks?*', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) {
        await route.continue();
        return;
      }
      lost += 1;
      // It arrives, and nobody hears the answer.
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.setInputFiles('input[type=file]', console.file(`${product}-1.0.zip`, plainPackage()));
    await page.locator('.upload-start').click();
    await page.getByText(words('upload', 'interrupted')).waitFor();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/);
    await console.gate.verdict(page.url().split('/').at(-1) ?? '');
    const { items } = await console.gate.get(`/api/v1/gate/tasks?product=${product}`);
    expect([lost, items.length]).toEqual([1, 1]);
  });

  it('takes windows of its own, in words', async () => {
    const page = await console.open('/', { language });
    await page.getByRole('radio', { name: words('upload', 'ownWindows') }).check();
    await page.getByRole('spinbutton', { name: words('upload', 'participation') }).fill('700');
    await page.getByText(words('upload', 'windowsUnfit')).waitFor();
    await page.getByRole('spinbutton', { name: words('upload', 'participation') }).fill('3');
    await page.getByRole('spinbutton', { name: words('upload', 'gap') }).fill('1');
    await page.setInputFiles('input[type=file]', console.file('own-1.zip', plainPackage()));
    expect(await barriersOn(page)).toEqual([]);
    await page.locator('.upload-start').click();
    await page.waitForURL(/\/tasks\//);
    const task = await console.gate.task(page.url().split('/').at(-1) ?? '');
    expect(task.window).toMatchObject({ participationMs: 3_000, gapMs: 1_000, deadlineMs: 600_000 });
  });
});
