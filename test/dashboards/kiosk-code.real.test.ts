// What a station's screen says besides its bins, in a real Chromium: the code that residents report by,
// and the notice board's line under the one most important sentence.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Browser } from 'playwright-core';
import type { SiteView } from '../../gateway/api/schemas.ts';
import { has, until } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch, open, type Look } from './browser.ts';
import { scanned } from './camera.ts';
import { MORNING, startFixture } from './fixture.ts';

const WALL: Look = { width: 1920, height: 1080 };
const HOSTILE = '<img src=x onerror=alert(1)> \u202Eabc [x](javascript:alert(1))';
const entry = (id: string, title: string) => ({ id, version: 1, kind: 'doing' as const, title });
const BOARD = [entry('P1', '更换电梯'), entry('P2', '活动'.repeat(30))];

type Station = SiteView['stations'][number];

describe.skipIf(!has('chromium'))('beside the bins, a kiosk', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function see(address: string, look: Look, more: (station: Station) => Partial<Station>) {
    const fixture = await startFixture({ at: MORNING });
    const site = fixture.desk.site();
    const stations = site.stations.map((station) => ({ ...station, ...more(station) }));
    const put = (change: Partial<SiteView>): void =>
      fixture.desk.put({ kind: 'site', data: { ...fixture.desk.site(), ...change } });
    put({ contact: { phone: '021-5555 0100' }, stations });
    const { page, complaints } = await open(browser, fixture.url + address, look);
    onTestFinished(async () => {
      await page.context().close();
      await fixture.stop();
      expect(complaints).toEqual([]);
    });
    await page.locator('.tile').first().waitFor();
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    return { fixture, page, put, stations };
  }
  const withCode = ({ id }: Station) => ({
    reportAt: `https://luyuan.example/r/${id}`,
    board: BOARD,
  });

  it.each([
    ['/kiosk/k1', 1920, 1080, 120],
    ['/kiosk/k3', 1920, 1080, 120],
    ['/kiosk/k1?subtitle=en', 1280, 800, 120],
    ['/kiosk/k3?subtitle=en', 1280, 800, 120],
    ['/kiosk/k3?lang=en', 1280, 800, 120],
    // A small panel is scanned from nearer: a third of its height at most.
    ['/kiosk/k1?diagonal=10.1', 1280, 800, 35],
    ['/kiosk/k1', 1080, 1920, 100],
  ])(
    '%s at %d×%d has a code of %d mm or more that a camera reads, and cuts nothing off',
    async (address, width, height, least) => {
      const { page } = await see(address, { width, height }, withCode);
      const [, , station = ''] = new URL(page.url()).pathname.split('/');
      expect(await scanned(page)).toBe(`https://luyuan.example/r/${station}`);
      expect(await page.evaluate(SIDE_MM)).toBeGreaterThanOrEqual(least);
      expect(await page.evaluate(CUT_OFF)).toEqual([]);
    },
  );

  it('is read by a camera after sunset too', async () => {
    const { page } = await see('/kiosk/k1?theme=dark', WALL, withCode);
    await page.locator('html[data-theme="dark"]').waitFor();
    expect(await scanned(page)).toBe('https://luyuan.example/r/k1');
  });

  it('without a public address has no code, and says how else to report', async () => {
    const { fixture, page } = await see('/kiosk/k1', WALL, () => ({}));
    const instead = page.locator('.bottom__code');
    expect(await page.locator('.qr').count()).toBe(0);
    expect(await instead.innerText()).toBe('报修电话 021-5555 0100');
    const { contact: _contact, ...site } = fixture.desk.site();
    fixture.desk.put({ kind: 'site', data: site });
    await until('the reason is said', async () =>
      (await instead.innerText()).includes('没有公开地址'),
    );
  });

  it('says the alarm first and the notice under it, each in its turn', async () => {
    const { fixture, page } = await see('/kiosk/k1', WALL, withCode);
    const says = (words: string) =>
      until(`the board says ${words}`, async () =>
        (await page.locator('.bottom__board').innerText()).includes(words),
      );
    expect(await page.locator('.advice').innerText()).toContain('先换 1 号湿桶');
    await says('正在干');
    const [advice, notice] = await Promise.all(
      ['.advice', '.bottom__board'].map((part) => page.locator(part).boundingBox()),
    );
    expect(advice?.y).toBeLessThan(notice?.y ?? 0);
    expect(advice?.height).toBeGreaterThan((notice?.height ?? 0) / 2);
    const first = (await page.locator('.bottom__count').innerText()).trim();
    fixture.leap(12_000);
    await says(first === '1/2' ? '2/2' : '1/2');
    expect(await page.locator('.advice').innerText()).toContain('先换 1 号湿桶');
  });

  it('shows hostile words as text, and what is withdrawn no longer', async () => {
    const { page, put, stations } = await see('/kiosk/k1', WALL, () => ({
      board: [entry('P1', HOSTILE)],
    }));
    const title = page.locator('.board-line__title');
    expect(await title.textContent()).toBe(HOSTILE);
    expect(await page.locator('.bottom img, .bottom a').count()).toBe(0);
    put({ stations: stations.map(({ board: _board, ...station }) => station) });
    await title.waitFor({ state: 'detached' });
  });

  it('is usable by everyone: no serious violation', async () => {
    const { page } = await see('/kiosk/k3', WALL, withCode);
    expect(await seriousViolations(page)).toEqual([]);
  });
});

const SIDE_MM = `(() => {
  const code = document.querySelector('.qr');
  const mm = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'));
  return code.getBoundingClientRect().width / Number(code.style.getPropertyValue('--quiet')) / mm;
})()`;

/** Which parts need more room than they have, or reach over the panel's edge. */
const CUT_OFF = `(() => {
  const root = document.documentElement;
  const parts = [...document.querySelectorAll('.board, .top, .windows, .bottom, .report, .tile, .tile__head, .tile__values, .tile__word, .value__number')];
  const cut = parts.filter((part) => {
    const box = part.getBoundingClientRect();
    return part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1 ||
      box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
  });
  const scrolls = root.scrollHeight > innerHeight || root.scrollWidth > innerWidth;
  return [...cut.map((part) => (part.closest('[data-bin]')?.dataset.bin ?? '') + ' ' + part.className), ...(scrolls ? ['page'] : [])];
})()`;
