// The review page in a real Chromium, over the real HTTP face and a ledger filled by hand.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Browser } from 'playwright-core';
import { has, until } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch, open, type Look } from './browser.ts';
import { MORNING, startFixture } from './fixture.ts';
import { withTonnage } from './tonnage.ts';

const DESK: Look = { width: 1440, height: 900 };
const PHONE: Look = { width: 390, height: 844 };

describe.skipIf(!has('chromium'))('the review', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function see(address: string, look: Look = DESK, desk: typeof withTonnage = withTonnage) {
    const fixture = await startFixture({ at: MORNING, desk });
    const { page, complaints } = await open(browser, fixture.url + address, look);
    onTestFinished(async () => {
      await page.context().close();
      await fixture.stop();
      expect(complaints.filter((words) => !/status of 422/.test(words))).toEqual([]);
    });
    await page.locator('.kpi, .quiet__what').first().waitFor();
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    const reads = (selector: string, words: string | RegExp) =>
      until(`${selector} reads ${words}`, async () => {
        const found = await page.locator(selector).first().innerText();
        return found.replaceAll('\u00a0', ' ').search(words) >= 0;
      });
    return { fixture, page, reads };
  }

  it('begins with today, grey and with ⚠ because it is not over, and yesterday against last year', async () => {
    const { page, reads } = await see('/manager');
    await reads('.picker__name', '今天 11-20 周五');
    await reads('.kpi--doubt', /湿垃圾\s+0\.23 t\s*⚠/);
    await reads(
      '.kpi',
      /今天还没结束；去年同日全天 0\.45 t\s+昨天 0\.52 t\s+▲ 比去年同期高 \d+\.\d %/,
    );
    await reads('.simulated', '模拟数据');
    expect(await page.locator('.kpi').count()).toBe(4);
  });

  it('opens each number to its meaning, its sources and what is missing, by keyboard', async () => {
    const { page, reads } = await see('/manager?from=2026-11-01&to=2026-11-20');
    await page.locator('.kpi__face').first().focus();
    await page.keyboard.press('Enter');
    await reads('.kpi__meaning', '居民当天投进桶里的净重之和');
    await reads('.kpi__meaning', '36 个秤测数，0 个导入数 · 缺 2 天，不全 1 天');
    await reads('.kpi__meaning', '往前 364 天');
  });

  it('compares only days that are known on both sides, and says how many', async () => {
    const { reads } = await see('/manager?from=2026-11-01&to=2026-11-20');
    await reads(
      '.kpi',
      /▲ 比去年同期高 4\.7 %\s+按可比的 16\/20 天\s+今年 \d\.\d\d t，去年 8\.08 t/,
    );
  });

  it('hatches the days that are missing, opens those that are partial, and draws last year behind', async () => {
    const { page, reads } = await see('/manager?from=2026-11-01&to=2026-11-20');
    const [wet] = await page.locator('.plot__area').all();
    expect(await wet?.locator('.day').count()).toBe(20);
    expect(await wet?.locator('.day__missing').count()).toBe(2);
    expect(await wet?.locator('.day--partial').count()).toBe(1);
    expect(await wet?.locator('.day--running').count()).toBe(1);
    expect(await wet?.locator('.day--missing .day__bar').count()).toBe(0);
    expect(await wet?.locator('.last-year > g').count()).toBe(18);
    await reads('.chart__facts', '缺 2 天 · 不全 1 天');
  });

  it('shows the figures of one day beside the charts, and steps from it by button', async () => {
    const { page, reads } = await see('/manager?from=2026-11-01&to=2026-11-20');
    for (const _ of Array.from({ length: 8 })) {
      await page.getByRole('button', { name: '前一天' }).click();
    }
    await reads('#day-panel', '11-12 周四 的明细');
    await reads('.day-panel', /1号投放点\s+\d+\.\d kg\s+\d+\.\d kg\s+⚠ 50\.0 %\s+秤测/);
    for (const _ of Array.from({ length: 6 })) {
      await page.getByRole('button', { name: '前一天' }).click();
    }
    await reads('#day-panel', '11-06 周五');
    await reads('.day-panel__none', '没有数据');
  });

  it('writes the period into the address, and finds it there again', async () => {
    const { page, reads } = await see('/manager?lang=en');
    await page.getByRole('button', { name: 'Month' }).click();
    await reads('.picker__name', '11-01 – 11-30 · 30 days');
    expect(page.url()).toMatch(/lang=en&from=2026-11-01&to=2026-11-30$/);
    const sheet = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
    expect(sheet).toBe('/api/v1/ledger.csv?from=2026-11-01&to=2026-11-30&by=day&compare=last-year');
    await page.getByRole('button', { name: 'Period before' }).click();
    await reads('.picker__name', '10-01 – 10-31');
    await page.goBack();
    await reads('.picker__name', '11-01 – 11-30');
    await page.reload();
    await reads('.picker__name', '11-01 – 11-30');
    await page.getByRole('button', { name: 'Custom' }).click();
    await page.getByLabel('From').fill('2026-11-02');
    await page.getByLabel('To', { exact: true }).fill('2026-11-05');
    await page.getByRole('button', { name: 'Show' }).click();
    await reads('.picker__name', '11-02 – 11-05 · 4 days');
    await page.getByRole('button', { name: 'Today' }).click();
    await reads('.picker__name', 'Today 11-20 Fri');
    expect(page.url()).not.toContain('from=');
  });

  it('says who is late, and leads to the ticket', async () => {
    const { fixture, page, reads } = await see('/manager?lang=en');
    await reads('.work', /Engineers?\s+1\s+1\s+0\s+10 min · n=1/i);
    const before = await fixture.desk.ticket('ticket-1');
    if (!before.ok) throw new Error('the ticket is there');
    const dueAt = new Date(MORNING - 40 * 60_000).toISOString();
    fixture.desk.put({ kind: 'ticket', data: { ...before.value, dueAt } });
    await page.reload();
    await reads('.tickets', /overdue|late/i);
    await reads('.tickets', 'Bin full · 1号投放点 厨余垃圾桶');
    await page.locator('.ticket').first().click();
    expect(page.url()).toContain('/engineer/tickets/ticket-1?lang=en');
  });

  it('says why where there is nothing, and what to do', async () => {
    const { reads } = await see('/manager', DESK, (desk) => ({
      ...desk,
      async ledger(query) {
        const told = await desk.ledger({ ...query, from: '2026-11-20', to: '2026-11-20' });
        return told.ok ? { ok: true, value: { ...told.value, rows: [] } } : told;
      },
    }));
    await reads('.answer .quiet', '这段时间还没有吨数');
    await reads('.answer .quiet', 'courtyard import');
  });

  it('says a refusal in the gateway’s words, and asks again', async () => {
    let isRefusing = true;
    const { page, reads } = await see('/manager', DESK, (desk) => ({
      ...desk,
      async ledger(query) {
        if (!isRefusing) return withTonnage(desk).ledger(query);
        return { ok: false, status: 422, title: 'Too wide', detail: 'Ask for fewer days.' };
      },
    }));
    await reads('.quiet', 'Ask for fewer days.');
    isRefusing = false;
    await page.getByRole('button', { name: '再试一次' }).click();
    await reads('.kpi', '0.23 t');
  });

  it('keeps its numbers when the gateway goes, and says that they are old', async () => {
    const { fixture, page, reads } = await see('/manager');
    await fixture.stop();
    await reads('.cut-off', '屏幕与网关断开');
    await reads('.review__stale', '断开之前');
    await reads('.kpi', '0.23 t');
    await fixture.start();
    await page.locator('.review__stale').waitFor({ state: 'detached' });
  });

  it('prints on A4 upright: what it is, when it was made, and where to sign, without buttons', async () => {
    const { page } = await see('/manager?from=2026-11-01&to=2026-11-20');
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(2);
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 688, height: 980 });
    const paper = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ');
    expect(paper).toMatch(/2026-11-01 – 11-20 · 20 天[^]*生成于 2026-11-20 10:3\d/);
    expect(paper).toMatch(/制表\s+审核\s+物业经理/);
    expect(await page.locator('button:visible, a.button:visible').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it.each(['/manager', '/manager?from=2026-11-01&to=2026-11-30&lang=en'])(
    '%s is usable by everyone, light and dark, and never wider than the phone',
    async (address) => {
      for (const dark of [false, true]) {
        const { page } = await see(address, { ...PHONE, dark });
        await page.locator('.work .figures').waitFor();
        await page.locator('.kpi__face').first().click();
        expect(await seriousViolations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(
          true,
        );
        expect(await page.evaluate(SMALL_TARGETS)).toEqual([]);
      }
    },
  );
});

const SMALL_TARGETS = `[...document.querySelectorAll('button, input, summary, a')]
  .filter((one) => one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 120))`;
