// The notice board's page in a real Chromium: written, seen as the screens will show it, changed,
// withdrawn, and closed to whoever may not write.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Browser } from 'playwright-core';
import { has, until } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch, open, type Look } from './browser.ts';
import { MORNING, startFixture } from './fixture.ts';

const PHONE: Look = { width: 390, height: 844 };
const DESK: Look = { width: 1280, height: 900 };
const HERE = { address: '127.0.0.1' };
const PASSWORD = 'a lamp by the gate';
const EXPECTED = /status of (?:400|403|409|422)/;

describe.skipIf(!has('chromium'))('the page of the notice board', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function see(role: 'admin' | 'cleaner', look = DESK, query = '') {
    const fixture = await startFixture({ at: MORNING });
    const { desk } = fixture;
    const first = await desk.firstPerson({
      id: 'chen',
      name: '陈',
      password: PASSWORD,
      shown: HERE,
    });
    if (!first.ok) throw new Error(first.detail);
    const actor = desk.whoIs({ ...HERE, token: first.value.token });
    await desk.addPerson({
      body: { id: 'li', name: '李', role: 'cleaner', password: PASSWORD },
      actor,
    });
    const cleaner = await desk.signIn({ name: 'li', password: PASSWORD, shown: HERE });
    if (!cleaner.ok) throw new Error(cleaner.detail);
    const { page, complaints } = await open(browser, 'about:blank', look);
    const value = role === 'admin' ? first.value.token : cleaner.value.token;
    await page.context().addCookies([{ name: 'courtyard_session', value, url: fixture.url }]);
    await page.goto(`${fixture.url}/manager/board${query}`);
    onTestFinished(async () => {
      await page.context().close();
      await fixture.stop();
      expect(complaints.filter((words) => !EXPECTED.test(words))).toEqual([]);
    });
    await page.locator('.posts, .quiet__what').first().waitFor();
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    return { desk, page };
  }

  it('says that the board is empty, takes an entry, and shows it as the screens will', async () => {
    const { desk, page } = await see('admin');
    await page.getByText('公告栏是空的').waitFor();
    await page.getByRole('button', { name: '新写一条' }).click();
    await page.getByLabel('活动').check();
    await page.keyboard.press('Tab');
    await page.fill('[name=title]', '周六分类活动');
    await page.fill('[name=words]', '物业门口集合\n带孩子来');
    await page.selectOption('[name=place]', 'k1');
    await page.fill('[name=from]', '2026-11-28');
    await page.fill('[name=to]', '2026-11-29');
    expect(await page.locator('.preview__line').innerText()).toBe(
      '活动 周六分类活动 11-28 至 11-29',
    );
    await page.getByRole('button', { name: '贴出' }).click();
    await page.getByText('✓ 已贴出').waitFor();
    expect(await desk.posts({ state: 'current' })).toMatchObject([
      {
        kind: 'activity',
        title: '周六分类活动',
        words: '物业门口集合\n带孩子来',
        place: 'k1',
        from: '2026-11-28',
        to: '2026-11-29',
        by: 'chen',
      },
    ]);
    await until('the list has it', async () => (await page.locator('.post').count()) === 1);
  });

  it('lets nobody end before the beginning, and keeps what was typed when it is refused', async () => {
    const { desk, page } = await see('admin');
    await page.getByRole('button', { name: '新写一条' }).click();
    await page.fill('[name=title]', '到昨天');
    await page.fill('[name=from]', '2026-11-20');
    await page.fill('[name=to]', '2026-11-19');
    await page.getByText('最后一天在开始之前').waitFor();
    const publish = page.getByRole('button', { name: '贴出' });
    expect(await publish.isDisabled()).toBe(true);
    await page.fill('[name=to]', '2026-11-20');
    desk.refusePosts('it is over already');
    await publish.click();
    await page.getByText('it is over already').waitFor();
    expect(await page.inputValue('[name=title]')).toBe('到昨天');
  });

  it('changes an entry and withdraws it, after asking once more; it is then among those before', async () => {
    const { desk, page } = await see('admin');
    await desk.addPost({
      body: { kind: 'idea', title: '加装充电棚', words: '' },
      actor: { by: 'wu', role: 'manager' },
    });
    await page.reload();
    await page.getByRole('button', { name: '修改“加装充电棚”' }).click();
    expect(await page.inputValue('[name=title]')).toBe('加装充电棚');
    await page.fill('[name=title]', '加装充电棚两处');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('✓ 已保存').waitFor();
    await page.getByRole('button', { name: '撤下: 加装充电棚两处' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '撤下' }).click();
    await page.getByText('✓ 已撤下').waitFor();
    await page.getByText('公告栏是空的').waitFor();
    await page.getByText('以前的 (1)').click();
    await page.locator('.post--withdrawn').waitFor();
  });

  it('shows hostile words as text', async () => {
    const { desk, page } = await see('admin');
    const title = '<img src=x onerror=alert(1)> \u202Eabc';
    const words = 'javascript:alert(1) **x** [y](z) '.repeat(18);
    await desk.addPost({
      body: { kind: 'idea', title, words },
      actor: { by: 'wu', role: 'manager' },
    });
    await page.reload();
    await page.locator('.post').waitFor();
    expect(await page.locator('.post .board-line__title').textContent()).toBe(title);
    expect(await page.locator('.post__words').textContent()).toBe(words);
    expect(await page.locator('.post img, .post a').count()).toBe(0);
  });

  it('is closed to a cleaner, and says to whom it is open', async () => {
    const { page } = await see('cleaner');
    expect(await page.locator('.quiet').innerText()).toContain('业委会');
    expect(await page.getByRole('button', { name: '新写一条' }).count()).toBe(0);
  });

  it.each([
    [DESK, ''],
    [PHONE, '?lang=en'],
  ])('is usable by everyone: no serious violation at %j', async (look, query) => {
    const { page } = await see('admin', look, query);
    await page.locator('.board-page__head .button').click();
    await page.locator('.board-form').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    const over = 'document.documentElement.scrollWidth > innerWidth';
    expect(await page.evaluate(over)).toBe(false);
  });
});
