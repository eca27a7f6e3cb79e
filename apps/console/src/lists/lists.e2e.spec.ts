/** Tasks, products, policies, the simulator and dead letters in a real browser, in both languages. */
import { sqlPackage } from '../../../e2e/src/testing/packages';
import { type Language } from '../texts/language';
import { barriersOn, ConsoleUnderTest, describeInBrowser } from '../testing/console-under-test';
import { ordersPackage, starsPackage } from '../testing/defects';
import { wordsIn } from '../testing/words';

const policy = JSON.stringify({ participationMs: 2_500, gapMs: 300, deadlineMs: 60_000 });
const json = { 'content-type': 'application/json' };

describeInBrowser('[C-004] lists', () => {
  const console = new ConsoleUnderTest();
  beforeAll(() => console.start(), 120_000);
  afterAll(() => console.stop());
  afterEach(() => console.closePages());

  const upload = async (product: string, version: string, bytes: Buffer): Promise<string> => {
    const query = new URLSearchParams({ product, version, policy }).toString();
    const { body } = await console.gate.call('POST', `/api/v1/gate/tasks?${query}`, { body: bytes, headers: { 'content-type': 'application/zip' } });
    await console.gate.verdict(body.taskId as string);
    return body.taskId as string;
  };

  describe.each(['en', 'zh'] as const)('in %s', (language: Language) => {
    const words = wordsIn(language);
    const product = `商城-${language}`;

    it('tasks come in by themselves, are found by product or id, and keys go through them', async () => {
      const page = await console.open('/tasks', { language });
      const taskId = await upload(product, '1.0', starsPackage(1, 2));
      await page.getByRole('link', { name: `${product} 1.0`, exact: true }).waitFor({ timeout: 40_000 });
      await upload(product, '2.0', sqlPackage(1));
      const search = page.getByRole('searchbox', { name: words('tasks', 'search') }).or(page.getByLabel(words('tasks', 'search')));
      await search.first().fill(product);
      await page.keyboard.press('Enter');
      await page.waitForURL(/product=/);
      const links = page.locator('[data-stop]');
      await links.nth(1).waitFor();
      await links.first().focus();
      await page.keyboard.press('ArrowDown');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(`${product} 1.0`);
      expect(await barriersOn(page)).toEqual([]);
      await search.first().fill(taskId);
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/tasks/${taskId}`);
      await page.goto('/tasks?product=nobody');
      await page.getByText(words('tasks', 'noMatchTitle')).waitFor();
      expect(await barriersOn(page)).toEqual([]);
    });

    it('a product shows its versions and its trend, and what changed between two', async () => {
      await upload(`${product}-p`, '1.0', sqlPackage(1));
      await upload(`${product}-p`, '2.0', ordersPackage());
      const page = await console.open('/products', { language });
      await page.getByRole('link', { name: `${product}-p` }).click();
      await page.getByRole('region', { name: words('products', 'trend') }).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.getByRole('link', { name: words('products', 'doCompare') }).click();
      await page
        .getByRole('region', { name: words('products', 'compared') })
        .getByText('sql/unbounded-write')
        .waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.getByText(new RegExp(`^${words('products', 'part_fixed')} · 0`)).click();
      await page.getByText(words('products', 'none_fixed', { base: '1.0', head: '2.0' })).waitFor();
    });

    it('a policy is made and changed, faults are told where they are, and a lost race is told as such', async () => {
      const id = `strict-${language}`;
      const page = await console.open('/policies', { language });
      await page.getByRole('link', { name: 'default', exact: true }).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.getByRole('link', { name: words('policies', 'new') }).click();
      await page.getByLabel(words('policies', 'policyId')).fill(id);
      await page.getByRole('button', { name: words('policies', 'addRow') }).click();
      await page.getByLabel(words('policies', 'rowId')).fill('few_errors');
      const when = page.locator('.row-when textarea').first();
      await when.fill("total['error'] > > 10");
      await page.getByText(words('policies', 'atPlace', { line: 1, column: 18 })).waitFor();
      expect(await page.getByRole('button', { name: words('policies', 'publish') }).isDisabled()).toBe(true);
      expect(await barriersOn(page)).toEqual([]);
      await when.fill("total['error'] > 10");
      await page.getByRole('button', { name: words('policies', 'publish') }).click();
      await page.waitForURL(`**/policies/${id}`);
      await page
        .getByText(words('policies', 'revision', { revision: 1 }))
        .first()
        .waitFor();
      await page.getByLabel(words('policies', 'gapMsLabel')).fill('5');
      await console.gate.call('PUT', `/api/v1/gate/policies/${id}`, { body: '{"gapMs": 77}', headers: json });
      await page.context().setOffline(true);
      await page.getByText(words('shell', 'offline')).waitFor();
      await page.context().setOffline(false);
      await page.getByText(words('policies', 'newer', { revision: 2 })).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      expect(await page.getByLabel(words('policies', 'gapMsLabel')).inputValue()).toBe('5');
      await page.getByRole('button', { name: words('policies', 'publish') }).click();
      await page.getByText(words('policies', 'raceTitle')).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.getByRole('button', { name: words('policies', 'raceOverwrite') }).click();
      await page.getByText(words('policies', 'published', { revision: 3 })).waitFor();
      expect((await console.gate.get(`/api/v1/gate/policies/${id}`)).gapMs).toBe(5_000);
    });

    it('the simulator shows how two policies differ, and its address is the scenario', async () => {
      const page = await console.open('/policies/simulate?facts=SQL.started.400~SQL.pass.1500~EXCEL.started.3000~EXCEL.quality.9000', { language });
      const lane = (name: string) => page.getByRole('region', { name: words('simulator', 'laneOf', { policy: name }) });
      await lane('default').getByText(words('status', 'state_PARTIAL_SUCCESS'), { exact: true }).waitFor();
      await lane('fast').getByText(words('status', 'state_SUCCESS'), { exact: true }).waitFor();
      await lane('fast')
        .getByText(words('simulator', 'lateText_other', { count: 2 }))
        .waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.getByRole('button', { name: words('simulator', 'example_nobody') }).click();
      await lane('fast').getByText(words('status', 'state_FAILED'), { exact: true }).waitFor();
      await page.waitForURL(/facts=SQL\.declined\.300/);
      const another = await console.open(page.url().slice(console.url.length), { language });
      await another
        .getByRole('region', { name: words('simulator', 'laneOf', { policy: 'default' }) })
        .getByText(words('status', 'state_FAILED'), { exact: true })
        .waitFor();
    });

    it('dead letters: what they are, taking one again, putting one away with a reason', async () => {
      const page = await console.open('/dead-letters', { language });
      await page.getByText(words('deadLetters', 'noneTitle')).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      const decided = await withLetters(page);
      await page.goto('/dead-letters?topic=scan.facts');
      const letter = page.locator('.letter').first();
      await letter.getByText('HANDLER_FAILED').waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await letter.getByRole('button', { name: words('deadLetters', 'discard') }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: words('deadLetters', 'discard') });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByRole('textbox').fill('a test');
      expect(await barriersOn(page)).toEqual([]);
      await confirm.click();
      await page.getByText(words('deadLetters', 'done_discard')).waitFor();
      expect(decided).toEqual([['discard', { reason: 'a test' }]]);
    });
  });
});

/** A gate in good health has no dead letters: the browser is told of one, in the shape that the API promises. */
async function withLetters(page: Awaited<ReturnType<ConsoleUnderTest['open']>>): Promise<unknown[]> {
  const decided: unknown[] = [];
  const letter = {
    ...{ id: '0190a0b0-0000-7000-8000-000000000001', type: 'SubTaskCompleted', topic: 'scan.facts', group: 'coordinator', partition: 3, offset: 41 },
    ...{ reason: 'HANDLER_FAILED', detail: 'TypeError: counts is not iterable', at: '2026-01-02T03:04:05.678Z', state: 'open' },
  };
  await page.route('**/api/v1/dead-letters?*', (route) => route.fulfill({ json: { items: decided.length === 0 ? [letter] : [] } }));
  await page.route('**/api/v1/dead-letters/*/*', (route) => {
    decided.push([route.request().url().split('/').at(-1), route.request().postDataJSON()]);
    return route.fulfill({ json: { ...letter, state: 'discarded' } });
  });
  return decided;
}
