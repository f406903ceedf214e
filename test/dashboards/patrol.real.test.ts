// A round walked on a phone, and the lists made of it read and printed, in a real Chromium over the real
// HTTP face and the house's own fold.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Browser, Page, Route } from 'playwright-core';
import { plainPhoto } from '../fakes/sent-photos.ts';
import { given } from '../fakes/walked-site.ts';
import { has, until } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch, open, type Look } from './browser.ts';
import { CLEANER, MANAGER, patrolledHouse } from './patrolled.ts';

const PHONE: Look = { width: 390, height: 844 };
const DESK: Look = { width: 1440, height: 900 };
/** What a browser writes down of an answer that the page itself deals with. */
const EXPECTED = /status of (?:401|403|404|409|422)/;
const HOSTILE = '<img src=x onerror="document.title=1"> javascript:alert(1) \u202Egnp.exe =1+1';

describe.skipIf(!has('chromium'))('a patrol', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function house() {
    const { fixture, walked } = await patrolledHouse();
    onTestFinished(() => fixture.stop());
    async function see(who: typeof CLEANER | typeof MANAGER, address: string, look = PHONE) {
      const { page, complaints } = await open(browser, `${fixture.url}/signin`, look);
      onTestFinished(async () => {
        await page.context().close();
        expect(complaints.filter((words) => !EXPECTED.test(words))).toEqual([]);
      });
      const data = { name: who.id, password: who.password };
      const answer = await page.request.post(`${fixture.url}/api/v1/session`, { data });
      expect(answer.ok()).toBe(true);
      await page.goto(fixture.url + address);
      return page;
    }
    const mine = async () => {
      const [head] = await walked.desk().rounds({});
      if (!head) throw new Error('no round was begun');
      return given(await walked.desk().round(head.id));
    };
    return { fixture, walked, see, mine };
  }

  const reads = (page: Page, selector: string, words: string | RegExp) =>
    until(`${selector} reads ${words}`, async () => {
      const found = page.locator(selector).first();
      if ((await found.count()) === 0) return false;
      return (await found.innerText()).replaceAll('\u00a0', ' ').search(words) >= 0;
    });
  const tap = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' }).click();

  it('is walked from the first place to the summary', async () => {
    const { see, mine, walked } = await house();
    const page = await see(CLEANER, '/patrol');
    await reads(page, '.route', /早班巡查[^]*还没走过 3 处 · 保洁/);
    await tap(page, '开始巡查');
    await reads(page, '.place__name', '1号投放点');
    expect(await page.getByRole('button', { name: '✓ 好' }).first().isDisabled()).toBe(true);
    await tap(page, '我到了（手动）');
    await reads(page, '.place__come', '手动到达');

    await page.getByRole('group', { name: '厢房干净?' }).getByText('✓ 好').click();
    await page.getByRole('group', { name: '没有偷倒?' }).getByText('▲ 有问题').click();
    await reads(page, '.look__after', /偷倒垃圾 · 工单 T1/);
    await page.getByRole('group', { name: '没有桶满?' }).getByText('✓ 好').click();
    const photo = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await plainPhoto(60, 40) };
    await page.locator('.look-photo input').setInputFiles(photo);
    await reads(page, '.look-photo', '照片已上传');

    await page.getByRole('button', { name: '多一袋' }).click({ clickCount: 3 });
    await page.getByRole('button', { name: '少一袋' }).click();
    await page.getByRole('textbox', { name: '袋数' }).waitFor();
    await tap(page, '记下');
    await reads(page, '.bags__saved', '已记 2 袋');
    expect(given(await walked.desk().bagCounts({})).bags).toBe(2);
    expect(await seriousViolations(page)).toEqual([]);

    await tap(page, '下一处：1号庭院灯');
    await tap(page, '扫码到达');
    await page.getByLabel('标签编号').fill('k9');
    await tap(page, '到达');
    await reads(page, '.scan .notice', 'k9 不在这条路线上');
    await page.getByLabel('标签编号').fill('https://luyuan.example/r/lamp-1');
    await tap(page, '到达');
    await reads(page, '.place__come', '扫码到达');
    await page.getByRole('group', { name: '灯完好?' }).getByText('✓ 好').click();
    await reads(page, '.round-progress', /已看 2\/3 · ▲ 有问题 1/);

    await tap(page, '结束巡查');
    await reads(page, '.dialog', '还没看完：3号楼');
    await page.getByLabel('备注（可不填）').last().fill(HOSTILE);
    await page.getByRole('dialog').getByRole('button', { name: '结束巡查' }).click();
    await reads(page, '.summary', /李保洁|li/);
    await reads(page, '.summary', /已完成[^]*已看 2\/3 · 有问题 1/);
    expect(await page.locator('.summary__note').innerText()).toBe(HOSTILE);
    expect(await page.locator('.summary img').count()).toBe(0);
    expect((await mine()).end).toBe('finished');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('is checked in at by the label that was scanned, with a round under way and without one', async () => {
    const { see, mine, fixture } = await house();
    const page = await see(CLEANER, '/patrol/at/lamp-1');
    await reads(page, 'h1', '你在：1号庭院灯');
    await tap(page, '开始巡查并到达');
    await reads(page, '.place__come', '扫码到达');
    expect(new URL(page.url()).pathname).toMatch(/^\/patrol\/round\/R\d+$/);
    await page.goto(`${fixture.url}/patrol/at/k1`);
    await reads(page, '.place__name', '1号投放点');
    await reads(page, '.place__come', '扫码到达');
    const { route } = await mine();
    expect(route.map(({ checkedInBy = '-' }) => checkedInBy)).toEqual(['qr', 'qr', '-']);
    await page.goto(`${fixture.url}/patrol/at/nowhere`);
    await reads(page, '.quiet', 'nowhere 不在这条路线上');
  });

  it('goes on where there is no network, and sends what waits when it is back', async () => {
    const { see, mine, fixture } = await house();
    const page = await see(CLEANER, '/patrol');
    await tap(page, '开始巡查');
    await reads(page, '.place__name', '1号投放点');
    await fixture.stop();
    await tap(page, '我到了（手动）');
    await page.getByRole('group', { name: '厢房干净?' }).getByText('▲ 有问题').click();
    await page.getByRole('group', { name: '没有偷倒?' }).getByText('✓ 好').click();
    await reads(page, '.post', /3 项待发送[^]*请不要关掉页面/);
    await reads(page, '.look__after', '正在发送');
    await fixture.start();
    await page.locator('.post__waiting').waitFor({ state: 'detached' });
    await reads(page, '.look__after', '工单 T1');
    const [place] = (await mine()).route;
    expect(place?.look.map(({ verdict = '-' }) => verdict)).toEqual(['bad', 'ok', '-']);
  });

  it('says what was refused, and keeps the rest', async () => {
    const { see, mine, walked } = await house();
    const page = await see(CLEANER, '/patrol');
    await tap(page, '开始巡查');
    await reads(page, '.place__name', '1号投放点');
    const { id } = await mine();
    const manager = { by: MANAGER.id, role: 'manager' };
    // The phone has not heard of it yet.
    const held: Route[] = [];
    let isHolding = true;
    await page.route('**/api/v1/**', (route) =>
      isHolding && route.request().method() === 'GET' ? void held.push(route) : route.continue(),
    );
    given(await walked.desk().roundAction({ id, action: 'abandon', body: {}, actor: manager }));
    await tap(page, '我到了（手动）');
    isHolding = false;
    await Promise.all(held.map((route) => route.continue()));
    await reads(page, '.post__refused', /没有记下：到达 1号投放点[^]*not under way/);
    await tap(page, '知道了');
    await page.locator('.post__refused').waitFor({ state: 'detached' });
  });

  it('fills the problem list and the meeting’s, which print on A4 with a line to sign on', async () => {
    const { see, walked } = await house();
    const actor = { by: 'li', role: 'cleaner' };
    const desk = walked.desk();
    const { id } = given(await desk.startRound({ actor, body: { patrol: 'morning' } }));
    const act = async (action: 'check-in' | 'look', body: object) =>
      given(await desk.roundAction({ id, action, actor, body: { ...body } }));
    await act('check-in', { place: 'k1' });
    await act('look', { place: 'k1', item: 0, verdict: 'bad', note: HOSTILE });
    await act('look', { place: 'k1', item: 1, verdict: 'bad' });
    given(await desk.countBags({ actor, body: { place: 'k1', bags: 7 } }));

    const page = await see(MANAGER, '/manager/problems', DESK);
    await reads(page, '.lists', /未解决 2 项，其中超时 0 项/);
    await reads(page, '.list', /1\s+1号投放点 厢房不洁[^]*0 天[^]*部门解答\s+保洁[^]*物业/);
    expect(await seriousViolations(page)).toEqual([]);
    await prints(page, /绿苑小区 · 问题清单[^]*生成于 2026-11-20 10:3\d[^]*物业\s+业委会\s+居委会/);

    await page.goto(page.url().replace('problems', 'meeting'));
    await reads(
      page,
      '.lists',
      /新提出 · 2[^]*仍未解决 · 0[^]*偷倒垃圾袋 · 7[^]*1号投放点\s+7 袋\s+物业/,
    );
    expect(await seriousViolations(page)).toEqual([]);
    await prints(page, /三方联动会[^]*2026-11-07 至 2026-11-20[^]*会上议定[^]*日期/);
  });

  async function prints(page: Page, words: RegExp): Promise<void> {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(2);
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 688, height: 980 });
    const paper = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ');
    expect(paper).toMatch(words);
    expect(await page.locator('button:visible, a.button:visible').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  it('is not the review’s to a cleaner, and says so', async () => {
    const { see } = await house();
    const page = await see(CLEANER, '/manager/problems');
    await reads(page, 'main', '这个页面不给你的角色看');
  });
});
