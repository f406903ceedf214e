// What a script adds to the residents' pages, and how they look, in a real Chromium over the real HTTP
// face and a desk filled by hand, whose door lets everybody in.
import sharp from 'sharp';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ReportDoor } from '../../gateway/api/report-door.ts';
import { zh } from '../../gateway/api/resident/words-zh.ts';
import { buildServer } from '../../gateway/api/server.ts';
import { handDesk, type HandDesk } from '../fakes/hand-desk.ts';
import { secretOf } from '../fakes/hand-reports.ts';
import { cameraPhoto, plainPhoto } from '../fakes/sent-photos.ts';
import { has } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch } from './browser.ts';
import { SCREENS } from './fixture.ts';

const OPEN_DOOR: ReportDoor = {
  issue: () => 'a-token',
  admit: ({ token = '' }) => ({ ok: true, key: token }),
  pace: () => ({ ok: true, key: '' }),
  look: () => ({ ok: true, key: '' }),
};
const FOLLOW = `/f/${secretOf(42)}`;
const TELEPHONE = '021-5555 0100';

describe.skipIf(!has('chromium'))('the residents’ pages', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function house(): Promise<{ desk: HandDesk; url: string }> {
    const desk = handDesk();
    const { site } = desk;
    desk.site = () => ({ ...site(), contact: { phone: TELEPHONE } });
    const app = await buildServer({
      desk,
      logger: false,
      version: '1',
      screensDir: SCREENS,
      reportDoor: OPEN_DOOR,
    });
    onTestFinished(() => app.close());
    return { desk, url: await app.listen({ host: '127.0.0.1', port: 0 }) };
  }

  type Look = Parameters<Browser['newContext']>[0];

  async function phone(url: string, look: Look = {}): Promise<[Page, BrowserContext]> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...look });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(url);
    return [page, context];
  }

  const takePhoto = async (page: Page): Promise<void> => {
    const before = await page.locator('.shot').count();
    const buffer = await cameraPhoto();
    const photo = { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer };
    await page.getByLabel('拍照').setInputFiles([photo]);
    await page.locator('.shot canvas').nth(before).waitFor();
  };
  const submit = (page: Page): Promise<void> => page.locator('button[type=submit].main').click();
  const number = (page: Page): Promise<void> => page.locator('.number strong').waitFor();

  it('a network that fails loses neither words nor photos, and a second press sends them', async () => {
    const { desk, url } = await house();
    const [page, context] = await phone(`${url}/r/k1`);
    await page.getByText('漏水').click();
    await takePhoto(page);
    await page.getByLabel(/说几句/).fill('一直滴');
    await context.setOffline(true);
    await submit(page);
    await page.getByText(zh.script.failed).waitFor();
    expect(await page.locator('[data-state]').innerText()).toContain(TELEPHONE);
    await context.setOffline(false);
    await page.getByRole('button', { name: zh.script.retry }).click();
    await number(page);
    expect(desk.reported).toMatchObject([{ category: 'water-leak', words: '一直滴' }]);
    const [sent] = desk.reported[0]?.photos ?? [];
    const { exif, width, height } = await sharp(sent).metadata();
    // Already on the phone: nothing of where it was, and turned as it was held.
    expect({ exif, isUpright: height > width }).toEqual({ exif: undefined, isUpright: true });
  });

  it('a mistake is said above the form, and the photos stay chosen', async () => {
    const { desk, url } = await house();
    const [page] = await phone(`${url}/r/k1`);
    await takePhoto(page);
    await submit(page);
    await page.getByText(zh.mistakes.category).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('wrong');
    expect(await page.getByText(zh.report.again).count()).toBe(0);
    await page.getByText('漏水').click();
    await submit(page);
    await number(page);
    expect(desk.reported[0]?.photos).toHaveLength(1);
  });

  it('what was typed outlives the page, until it was sent', async () => {
    const { url } = await house();
    const [page] = await phone(`${url}/r/k1`);
    await page.getByText('漏水').click();
    await page.getByLabel(/说几句/).fill('一直滴');
    await page.goto('about:blank');
    await page.goto(`${url}/r/k1`);
    expect(await page.getByLabel(/说几句/).inputValue()).toBe('一直滴');
    expect(await page.locator('input[value=water-leak]').isChecked()).toBe(true);
    await submit(page);
    await number(page);
    await page.goto(`${url}/r/k1`);
    expect(await page.getByLabel(/说几句/).inputValue()).toBe('');
  });

  it('three photos are enough, and each can be taken out again', async () => {
    const { desk, url } = await house();
    const [page] = await phone(`${url}/r/k1`);
    for (let nth = 0; nth < 3; nth += 1) await takePhoto(page);
    const buffer = await plainPhoto(30, 30);
    const fourth = { name: 'IMG_4.jpg', mimeType: 'image/jpeg', buffer };
    await page.getByLabel('从相册选').setInputFiles([fourth]);
    await page.getByText(zh.script.full).waitFor();
    await page.getByRole('button', { name: zh.script.remove }).first().click();
    await page.getByText('漏水').click();
    await submit(page);
    await number(page);
    expect(desk.reported[0]?.photos).toHaveLength(2);
  });

  it('the follow page looks again by itself, and leaves alone what is being typed', async () => {
    const { desk, url } = await house();
    await desk.report({ ...REPORT, words: '一直滴' });
    const [page] = await phone(url + FOLLOW);
    await page.getByLabel(/说几句/).fill('还有');
    desk.follows(secretOf(42), { answers: [{ at: '2026-11-20T10:25:00Z', words: '马上来' }] });
    // As when the phone is taken out of the pocket.
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await page.getByText('马上来').waitFor();
    expect(await page.getByLabel(/说几句/).inputValue()).toBe('还有');
  });

  it('at twice the size of letters, in both tongues and both lights, nothing is cut off or small', async () => {
    const { desk, url } = await house();
    await desk.report({ ...REPORT, words: `${'长'.repeat(300)} ${'w'.repeat(300)}` });
    desk.follows(secretOf(42), { state: 'done', mayRate: true, mayReopen: true, neighbours: 2 });
    const found = [];
    for (const [path, colorScheme] of LOOKS) {
      const [page] = await phone(url + path, { colorScheme });
      const odd = [...(await seriousViolations(page)), ...(await tooSmall(page))];
      await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
      found.push([path, odd, await page.evaluate('document.documentElement.scrollWidth')]);
    }
    expect(found).toEqual(LOOKS.map(([path]) => [path, [], 390]));
  });
});

const LOOKS = [
  ['/r/k1', 'light'],
  ['/r/b3?lang=en', 'dark'],
  [FOLLOW, 'dark'],
  [`${FOLLOW}?lang=en`, 'light'],
  ['/r/none', 'light'],
] as const;

const REPORT = {
  spot: 'k1',
  category: 'bin-full',
  kind: 'fault',
  words: '',
  photos: [],
  by: 'page',
} as const;

/** Whatever is pressed, as its text where it is less than 60 px high. */
const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('a, button, label:not(.trap), textarea')]
    .filter((one) => one.getBoundingClientRect().height < 59.5)
    .map((one) => one.outerHTML.slice(0, 120))`);
