// A station's board in a real Chromium, over the real HTTP face and a desk filled by hand.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Browser } from 'playwright-core';
import { has, until } from '../tools.ts';
import { launch, open, type Look } from './browser.ts';
import { MORNING, startFixture, type Fixture } from './fixture.ts';
import { seriousViolations } from './axe.ts';

const WALL: Look = { width: 1920, height: 1080 };
const MINUTE = 60_000;

describe.skipIf(!has('chromium'))('the kiosk', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function see(address: string, look: Look, at = MORNING) {
    const fixture: Fixture = await startFixture({ at });
    const { page, complaints } = await open(browser, fixture.url + address, look);
    onTestFinished(async () => {
      await page.context().close();
      await fixture.stop();
      expect(complaints).toEqual([]);
    });
    const text = async (selector: string): Promise<string> =>
      (await page.locator(selector).first().innerText()).replaceAll('\u00a0', ' ');
    const reads = (selector: string, words: string | RegExp) =>
      until(`${selector} reads ${words}`, async () => (await text(selector)).search(words) >= 0);
    await page.locator('.tile, .quiet').first().waitFor();
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    return { fixture, page, text, reads };
  }
  const wet = '[data-bin="k1-wet"]';

  it('shows each bin’s values, each with its age', async () => {
    const { page, reads } = await see('/kiosk/k1', WALL);
    await reads('[data-bin="k1-dry"] [data-quantity="fill"]', /40 %\s+\d+秒前/);
    await reads('[data-bin="k1-dry"] [data-quantity="net"]', /24\.6 kg\s+\d+秒前/);
    expect(await page.locator('.tile').count()).toBe(4);
    await reads('.simulated', '模拟数据');
  });

  it('says 满 of a full bin, calls until it is acknowledged, and says which to change first', async () => {
    const { fixture, page, reads } = await see('/kiosk/k1', WALL);
    await reads(`${wet} .tile__word`, '满');
    await reads('.advice', /先换 1 号湿桶\s*再换 3 号可回收桶/);
    await page.locator(`${wet}.tile--calling`).waitFor();
    const alarm = (await fixture.desk.alarms('active')).find(({ asset }) => asset === 'k1-wet');
    if (!alarm) throw new Error('the full bin has an alarm');
    fixture.desk.put({ kind: 'alarm', data: { ...alarm, state: 'active-acknowledged' } });
    await page.locator(`${wet}.tile--full:not(.tile--calling)`).waitFor();
  });

  it('stands still for who wants no motion', async () => {
    const { page } = await see('/kiosk/k1', WALL);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.locator(`${wet}.tile--calling`).waitFor();
    const motion = 'getComputedStyle(document.querySelector(".tile--calling")).animationName';
    expect(await page.evaluate(motion)).toBe('none');
  });

  it('hatches a value that grew old, and says when it was last true', async () => {
    const { fixture, page, reads } = await see('/kiosk/k1', WALL);
    expect(await page.locator('[data-bin="k1-dry"].hatched').count()).toBe(0);
    fixture.leap(38 * MINUTE);
    await page.locator('[data-bin="k1-dry"].hatched').waitFor();
    await reads('[data-bin="k1-dry"] .tile__word', '离线');
    await reads('[data-bin="k1-dry"] [data-quantity="fill"]', /最后 40 %\s+10:29 \(38分钟前\)/);
    await reads('[data-bin="k1-dry"] .tile__silence', '38分钟无数据');
  });

  it('never shows a bin that was never heard as empty', async () => {
    const { reads } = await see('/kiosk/k3', WALL);
    await reads('[data-bin="k3-8"]', '—');
    await reads('[data-bin="k3-8"] .tile__word', '未知');
  });

  it('keeps its last picture when the gateway goes, says so, and recovers when it returns', async () => {
    const { fixture, page, text, reads } = await see('/kiosk/k1', WALL);
    await reads('.tile', '%');
    await fixture.stop();
    await reads('.cut-off', '屏幕与网关断开，显示 10:3\\d 的数据');
    expect(await text(`${wet} [data-quantity="fill"]`)).toContain('95 %');
    fixture.putAsset('k1-wet', { state: 'normal' });
    await fixture.start();
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    await page.locator(`${wet}.tile--normal`).waitFor();
  });

  it('shows the kept picture when it is switched on while the gateway is away', async () => {
    const { fixture, page, reads } = await see('/kiosk/k1', WALL);
    await reads('.tile', '%');
    // The page itself must come from somewhere: only the stream of events is away.
    await page.route('**/api/v1/live', (route) => route.abort());
    await page.reload();
    await reads('.cut-off', '显示 10:3\\d 的数据');
    await reads(wet, '%');
    await fixture.stop();
  });

  it('says on a small cloud that the copy is paused, and changes nothing else', async () => {
    const { fixture, page, reads } = await see('/kiosk/k1', WALL);
    fixture.desk.put({ kind: 'site', data: { ...fixture.desk.site(), influx: 'down' } });
    await reads('.bottom__copy', '☁ 数据副本暂停');
    // A busy browser may have missed a beat or two, and sees at the next that all is well.
    await page.locator('.cut-off').waitFor({ state: 'detached' });
  });

  it('speaks Chinese, both, or English, and writes it into the address', async () => {
    const { page, reads } = await see('/kiosk/k1', WALL);
    await page.getByRole('button', { name: '双语' }).click();
    await reads(`${wet} .tile__word`, /满\s+FULL/);
    await page.getByRole('button', { name: 'EN' }).click();
    await reads('.advice', 'Change wet bin 1 first');
    expect(page.url()).toContain('lang=en');
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    await page.reload();
    await reads('.advice', 'Change wet bin 1 first');
  });

  it('is light by day and dark after sunset', async () => {
    const { fixture, page } = await see('/kiosk/k1', WALL);
    await page.locator('html[data-theme="light"]').waitFor();
    fixture.leap(8 * 60 * MINUTE);
    await page.locator('html[data-theme="dark"]').waitFor();
  });

  it('of an unknown station says which exist', async () => {
    const { page, reads } = await see('/kiosk/nowhere', WALL);
    await reads('.quiet', '没有投放点 “nowhere”');
    await page.getByRole('link', { name: /1号投放点/ }).click();
    await page.locator(wet).waitFor();
  });

  it.each([
    ['/kiosk/k1', 1920, 1080],
    ['/kiosk/k1?subtitle=en', 1280, 800],
    ['/kiosk/k1?lang=en', 1280, 800],
    ['/kiosk/k2', 1280, 800],
    ['/kiosk/k2?subtitle=en', 1280, 800],
    ['/kiosk/k3', 1920, 1080],
    ['/kiosk/k3?subtitle=en', 1280, 800],
    ['/kiosk/k3?lang=en', 1280, 800],
    ['/kiosk/k3?diagonal=10.1&distance=2.5', 1280, 800],
  ])('%s at %d×%d fits without scrolling, and cuts nothing off', async (address, width, height) => {
    const { page } = await see(address, { width, height });
    expect(await page.evaluate(CUT_OFF)).toEqual([]);
  });

  it.each(['full', 'stale'] as const)(
    'a weight of three digits fits a tile that is %s, in either language',
    async (state) => {
      for (const address of ['/kiosk/k1', '/kiosk/k1?lang=en', '/kiosk/k1?subtitle=en']) {
        const { fixture, page, reads } = await see(address, WALL);
        const { latest } = fixture.desk.assets().find(({ id }) => id === 'k1-wet') ?? {};
        const net = latest?.['net'];
        if (!net) throw new Error('the wet bin is weighed');
        fixture.putAsset('k1-wet', { state, latest: { ...latest, net: { ...net, value: 126.9 } } });
        await reads(`${wet} [data-quantity="net"]`, '126.9 kg');
        expect(await page.evaluate(CUT_OFF)).toEqual([]);
      }
    },
  );

  it('is usable by everyone: no serious violation', async () => {
    const { page } = await see('/kiosk/k3', WALL);
    expect(await seriousViolations(page)).toEqual([]);
  });
});

/** Which parts need more room than they have, or reach over the panel's edge. */
const CUT_OFF = `(() => {
  const root = document.documentElement;
  const parts = [...document.querySelectorAll('.board, .top, .top__station, .windows, .bottom, .tile, .tile__head, .tile__values, .tile__word, .value__number')];
  const cut = parts.filter((part) => {
    const box = part.getBoundingClientRect();
    return part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1 ||
      box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
  });
  const scrolls = root.scrollHeight > innerHeight || root.scrollWidth > innerWidth;
  return [...cut.map((part) => (part.closest('[data-bin]')?.dataset.bin ?? '') + ' ' + part.className), ...(scrolls ? ['page'] : [])];
})()`;
