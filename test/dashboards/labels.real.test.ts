// Labels in a real Chromium: what is said before printing, what is printed, and what a camera reads.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Browser } from 'playwright-core';
import type { LabelsView } from '../../gateway/api/schemas.ts';
import { has } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch, open, type Look } from './browser.ts';
import { scanned } from './camera.ts';
import { startFixture } from './fixture.ts';

const DESK: Look = { width: 1280, height: 900 };
const PHONE: Look = { width: 390, height: 844 };
const LONGEST = 'w'.repeat(64);
const ORIGIN = 'https://luyuan.example';

const spot = (kind: LabelsView['labels'][number]['kind'], code: string, name: string) => ({
  code,
  kind,
  name,
  link: `${ORIGIN}/r/${code}`,
});
const LABELS: LabelsView['labels'] = [
  spot('station', 'k1', '1号投放点'),
  spot('station', 'k2', '2号投放点'),
  ...Array.from({ length: 13 }, (_, index) => ({
    ...spot('lamp', `lamp-${index}`, `${index}号庭院灯`),
    within: { id: 'c1', name: '东路灯回路' },
  })),
  {
    ...spot('meter', LONGEST, '<img src=x onerror=alert(1)>'.repeat(4)),
    within: { id: 'b', name: '\u202E楼'.repeat(50) },
  },
  spot('building', 'b3', '3号楼'),
];

/** Labels and codes that reach over their sheet or their own edge. */
const CUT_OFF = `[...document.querySelectorAll('.sheet')].flatMap((sheet) => {
  const paper = sheet.getBoundingClientRect();
  const isOver = (inner, outer) => inner.left < outer.left - 0.5 || inner.top < outer.top - 0.5 ||
    inner.right > outer.right + 0.5 || inner.bottom > outer.bottom + 0.5;
  return [...sheet.querySelectorAll('.label')].flatMap((label) => {
    const box = label.getBoundingClientRect();
    const parts = [...label.querySelectorAll('.qr, .label__words, .label__code, .label__phone')];
    const cut = parts.filter((part) => isOver(part.getBoundingClientRect(), box)
      || (part.className === 'label__words' && part.scrollHeight > part.clientHeight + 1));
    return [...(isOver(box, paper) ? ['off the sheet'] : []), ...cut.map((part) => part.getAttribute('class'))]
      .map((what) => sheet.className + ' ' + label.dataset.code + ' ' + what);
  });
})`;

describe.skipIf(!has('chromium'))('the labels', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function see(view: Partial<LabelsView> = {}, query = '', look = DESK) {
    const fixture = await startFixture();
    fixture.desk.putLabels({ labels: LABELS, ...view });
    const { page, complaints } = await open(browser, `${fixture.url}/labels${query}`, look);
    onTestFinished(async () => {
      await page.context().close();
      await fixture.stop();
      expect(complaints).toEqual([]);
    });
    await page.locator('.sheet, .quiet__what').first().waitFor();
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    return page;
  }

  it.each([
    ['', 7],
    ['?size=medium', 8],
    ['?kinds=lamp', 2],
    ['?kinds=station&big=no', 1],
    ['?lang=en', 7],
  ])('chosen by “%s” are printed on %d pages, none of them cut', async (query, pages) => {
    const page = await see({}, query);
    expect(await page.locator('.sheet').count()).toBe(pages);
    expect(await page.evaluate(CUT_OFF)).toEqual([]);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(pages);
    const sizes = [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
    // A4 in points.
    for (const [, width, height] of sizes) {
      expect(Math.abs(Number(width) - 595.3)).toBeLessThan(1);
      expect(Math.abs(Number(height) - 841.9)).toBeLessThan(1);
    }
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(CUT_OFF)).toEqual([]);
  });

  it('have codes that a camera reads: the usual, a whole page, and the longest', async () => {
    const page = await see();
    for (const [sheet, code] of [
      ['big', 'k1'],
      ['small', 'k1'],
      ['small', 'lamp-12'],
      ['small', LONGEST],
    ]) {
      const label = page.locator(`.sheet--${sheet} [data-code="${code}"] .qr`);
      expect(await scanned(label)).toBe(`${ORIGIN}/r/${code}`);
    }
  });

  it.each([
    ['small', 30],
    ['big', 120],
  ])('on a %s one measure at least %d mm without the empty edge', async (sheet, least) => {
    const page = await see();
    const sides = (await page.evaluate(
      `[...document.querySelectorAll('.sheet--${sheet} .qr')].map((qr) =>
        qr.getBoundingClientRect().width / Number(qr.style.getPropertyValue('--quiet')) / 96 * 25.4)`,
    )) as number[];
    expect(sides.length).toBeGreaterThan(0);
    expect(Math.min(...sides)).toBeGreaterThanOrEqual(least);
  });

  it('say before printing what speaks against it, and never on the paper', async () => {
    const page = await see({
      warnings: [{ reason: 'private', host: '192.168.1.20', words: '' }],
    });
    const doubt = page.locator('[data-reason="private"]');
    expect(await doubt.innerText()).toContain(
      '手机打不开 192.168.1.20，用手机流量的居民什么也看不到',
    );
    await page.emulateMedia({ media: 'print' });
    expect(await doubt.isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
    expect(await page.locator('.label').first().isVisible()).toBe(true);
  });

  it('without a public address have no code; the page says why, and prints number and telephone', async () => {
    const labels = LABELS.map(({ link: _link, ...rest }) => rest);
    const page = await see({ labels, warnings: [{ reason: 'no-address', words: '' }] });
    expect(await page.locator('.sheet').count()).toBe(0);
    expect(await page.locator('[data-reason="no-address"]').innerText()).toContain('publicUrl:');
    await page.getByRole('button', { name: '先印只有编号和电话的标签' }).click();
    await page.locator('.sheet').first().waitFor();
    expect(await page.locator('.qr').count()).toBe(0);
    const words = await page.locator('[data-code="lamp-3"]').innerText();
    expect(words).toContain('lamp-3');
    expect(words).toContain('021-5555 0100');
    expect(await page.evaluate(CUT_OFF)).toEqual([]);
  });

  it('show hostile names as the text that they are', async () => {
    const page = await see();
    const label = page.locator(`[data-code="${LONGEST}"]`);
    expect(await label.innerText()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('.sheet img').count()).toBe(0);
  });

  it('are chosen by hand, and the address keeps the choice', async () => {
    const page = await see();
    await page.getByLabel('投放点', { exact: true }).uncheck();
    await page.getByLabel('中 · 每页 6 张').check();
    expect(new URL(page.url()).search).toBe('?kinds=lamp%2Cmeter%2Cbuilding&size=medium');
    await page.getByText('15 张标签 · 5 页').waitFor();
    for (const kind of ['庭院灯', '水表', '楼栋'])
      await page.getByRole('checkbox', { name: kind, exact: true }).uncheck();
    await page.getByText('没有选中任何一种').waitFor();
    expect(await page.getByRole('button', { name: '打印' }).isDisabled()).toBe(true);
  });

  it.each([[DESK], [PHONE]])('are usable by everyone: no serious violation at %j', async (look) => {
    const page = await see({ warnings: [{ reason: 'no-phone', words: '' }] }, '', look);
    expect(await seriousViolations(page)).toEqual([]);
  });
});
