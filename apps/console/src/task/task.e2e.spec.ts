/** A task as it happens and its explanation, in a real browser, in both languages. */
import { type Locator, type Page } from 'playwright-core';
import { reasonWords } from '@tributary/http-api/words';
import { testPostgres } from '@tributary/testing';
import { mixedPackage, plainPackage, sqlPackage } from '../../../e2e/src/testing/packages';
import { until } from '../../../e2e/src/testing/until';
import { barriersOn, ConsoleUnderTest, describeInBrowser } from '../testing/console-under-test';
import { ParticipantOnTheBus } from '../testing/participant-on-the-bus';
import { wordsIn } from '../testing/words';

describeInBrowser.each(['en', 'zh'] as const)('[C-002] a task in %s', (language) => {
  const words = wordsIn(language);
  const console = new ConsoleUnderTest();
  let audit: ParticipantOnTheBus | undefined;
  beforeAll(async () => {
    const { url } = await (await testPostgres()).database();
    await console.start({ TRIBUTARY_DATABASE_URL: url });
    audit = await ParticipantOnTheBus.start(url, 'AUDIT');
  });
  afterAll(async () => {
    await audit?.stop();
    await console.stop();
  });
  afterEach(() => console.closePages());
  const state = (name: Parameters<typeof words<'status'>>[1]): string => words('status', name);

  it('shows who takes part while it runs, counts down, and comes to the verdict by itself', async () => {
    const taskId = await console.gate.upload(mixedPackage(), { policy: { participationMs: 9_000, gapMs: 1_000, deadlineMs: 60_000 } });
    const page = await console.open(`/tasks/${taskId}`, { language });
    await page.getByText(words('task', 'live_live'), { exact: true }).waitFor();
    await page.getByText(words('task', 'wait_participation')).waitFor();
    const before = Number.parseInt((await page.locator('.countdown').first().textContent()) ?? '');
    const sql = page.locator('.lanes > li', { hasText: 'SQL' });
    await sql.getByText(state('state_PASS')).waitFor();
    await page.locator('.lanes > li', { hasText: 'PACKAGE' }).getByText(state('state_declined')).waitFor();
    await page
      .locator('.lanes > li')
      .getByText(reasonWords['PACKAGE_SOUND']?.[language] ?? '')
      .waitFor();
    // Before the long look for barriers: on a busy machine the window may close during it.
    await page.waitForFunction((was) => Number.parseInt(document.querySelector('.countdown')?.textContent ?? '') < was, before);
    expect(await barriersOn(page)).toEqual([]);
    await page.locator('.verdict-card').waitFor();
    const { items } = await console.gate.get(`/api/v1/gate/tasks/${taskId}/facts`);
    const order = [...new Set(items.map(({ data }: { data: { subTaskType?: string } }) => data.subTaskType).filter(Boolean))];
    expect(await page.locator('.lanes .lane-name strong').allTextContents()).toEqual(order);
    expect(await page.locator('.waiting-card').count()).toBe(0);
    expect(await barriersOn(page)).toEqual([]);
  });

  it('shows who usually takes part and was not heard from yet, until it comes forward or the window closes', async () => {
    const product = `habits-${language}`;
    const usually = words('task', 'usuallyTakesPart');
    const lane = (on: Page, type = 'AUDIT'): Locator => on.locator('.lanes > li', { has: on.getByText(type, { exact: true }) });
    const first = await console.gate.upload(plainPackage(), { product, policy: { participationMs: 3_000, gapMs: 300, deadlineMs: 60_000 } });
    await audit?.comesForward(first);
    await audit?.passes(first);
    expect(await console.gate.verdict(first)).toMatchObject({ status: 'SUCCESS', observedTypes: ['AUDIT'] });

    const joined = await console.gate.upload(plainPackage(), { product, policy: { participationMs: 30_000, gapMs: 300, deadlineMs: 60_000 } });
    const page = await console.open(`/tasks/${joined}`, { language });
    await lane(page).getByText(state('state_awaited')).waitFor();
    await lane(page).getByText(usually).waitFor();
    await lane(page, 'PACKAGE').getByText(state('state_declined')).waitFor();
    expect((await page.locator('.lanes .lane-name strong').allTextContents()).at(-1)).toBe('AUDIT');
    expect(await barriersOn(page)).toEqual([]);
    await audit?.comesForward(joined);
    await lane(page).getByText(state('state_RUNNING')).waitFor();
    expect(await lane(page).count()).toBe(1);
    expect(await page.getByText(state('state_awaited')).count()).toBe(0);

    const silent = await console.gate.upload(plainPackage(), { product, policy: { participationMs: 4_000, gapMs: 300, deadlineMs: 60_000 } });
    await page.goto(`/tasks/${silent}`);
    await lane(page).getByText(state('state_awaited')).waitFor();
    await page.locator('.verdict-card').waitFor();
    await lane(page).getByText(state('state_silent')).waitFor();
    await lane(page).getByText(usually).waitFor();
    expect(await page.getByText(state('state_awaited')).count()).toBe(0);
  });

  it('can be cancelled, scanned again, and each round is there to look at', async () => {
    const taskId = await console.gate.upload(plainPackage(), { policy: { participationMs: 2_000, gapMs: 300, deadlineMs: 60_000 } });
    await console.gate.verdict(taskId);
    const page = await console.open(`/tasks/${taskId}`, { language });
    await page.getByRole('button', { name: words('task', 'do_rescan') }).click();
    await page
      .getByRole('button', { name: words('task', 'yes_rescan') })
      .last()
      .click();
    await page.getByText(words('task', 'waitsFor')).first().waitFor();
    await page.getByText(words('task', 'revision', { revision: 2 })).waitFor();
    await page.getByText(words('task', 'round', { round: 1 })).click();
    await page.locator('.lanes > li').first().waitFor();

    const long = await console.gate.upload(plainPackage(), { policy: { participationMs: 50_000, gapMs: 300, deadlineMs: 60_000 } });
    await page.goto(`/tasks/${long}`);
    await page.getByRole('button', { name: words('task', 'do_cancel') }).click();
    await page.getByText(words('task', 'ask_cancel')).waitFor();
    await page
      .getByRole('button', { name: words('task', 'yes_cancel') })
      .last()
      .click();
    await page.locator('.verdict-card').getByText(state('state_CANCELLED'), { exact: true }).waitFor();
  });

  it('says plainly when it is not live, and catches up', async () => {
    const taskId = await console.gate.upload(sqlPackage(2));
    const page = await console.open('/', { language });
    await page.route('**/events?*', (route) => route.abort('connectionrefused'));
    await page.goto(`/tasks/${taskId}`);
    await page.getByText(words('task', 'live_reconnecting'), { exact: true }).waitFor();
    expect(await page.locator('.lanes > li').count()).toBeGreaterThanOrEqual(0);
    await page.unroute('**/events?*');
    await page.getByText(words('task', 'live_live'), { exact: true }).waitFor();
    await page.locator('.lanes > li', { hasText: 'SQL' }).getByText(state('state_PASS')).waitFor();
  });

  it('explains its verdict: the rule, the facts that decided, what would have changed it', async () => {
    const taskId = await console.gate.upload(plainPackage(), {
      policy: { participationMs: 2_000, gapMs: 300, deadlineMs: 60_000, rules: [{ id: 'SQL_IS_A_MUST', when: "!('SQL' in types)", status: 'FAILED' }] },
    });
    await console.gate.verdict(taskId);
    const explanation = await console.gate.explanation(taskId);
    const page = await console.open(`/tasks/${taskId}`, { language });
    await page.getByRole('link', { name: words('task', 'tabWhy'), exact: true }).click();
    await page.locator('.rule-head').getByText('SQL_IS_A_MUST').waitFor();
    expect(await page.locator('.decision-table .decided').textContent()).toContain("!('SQL' in types)");
    await page
      .locator('.otherwise')
      .first()
      .getByText(language === 'zh' ? /假如/ : /^Had/)
      .first()
      .waitFor();
    expect(await page.locator('.fact-decides').count()).toBe(explanation.witness.length);
    await page.locator('.ant-segmented').getByText(words('why', 'show_deciding'), { exact: true }).click();
    expect(await page.locator('.facts > li').count()).toBe(explanation.witness.length);
    await page.locator('.fact-document summary').first().click();
    await page.locator('.fact-document pre').first().waitFor();
    expect(await barriersOn(page)).toEqual([]);
  });

  it('hands out its report, also to who has asked for less motion', async () => {
    const taskId = await console.gate.upload(mixedPackage(), { policy: { participationMs: 2_000, gapMs: 300, deadlineMs: 60_000 } });
    await console.gate.verdict(taskId);
    for (const motion of [false, true]) {
      const page = await console.open(`/tasks/${taskId}`, { language, motion });
      const button = page.getByRole('button', { name: words('findings', 'report') });
      await button.click();
      const menu = page.locator('.ant-dropdown:not([class*="-enter"])');
      await until('the menu to rest right below its button', async (see) => {
        const [from, to] = see([await button.boundingBox(), (await menu.isVisible()) ? await menu.boundingBox() : null]);
        return from && to && Math.abs(to.x - from.x) < 1 && Math.abs(to.y - from.y - from.height - 4) < 1;
      });
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'SARIF' }).click()]);
      expect(download.suggestedFilename()).toMatch(/sarif/);
    }
  });

  it('a task that is not there is told so, with a way out', async () => {
    const page = await console.open('/tasks/0190a0b0-0000-7000-8000-000000000001', { language });
    await page.getByText(words('problem', 'way_TASK_NOT_FOUND')).waitFor();
    expect(await barriersOn(page)).toEqual([]);
  });
});
