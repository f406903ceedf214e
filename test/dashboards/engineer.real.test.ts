// The engineer's desk in a real Chromium, over the real HTTP face and a desk filled by hand.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Browser } from 'playwright-core';
import type { LossView } from '../../gateway/api/schemas.ts';
import { has, until } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch, open, type Look } from './browser.ts';
import { compoundAt } from './compound.ts';
import type { Contents } from '../fakes/small-compound.ts';
import { MORNING, startFixture } from './fixture.ts';

const PHONE: Look = { width: 390, height: 844 };
const A_LOSS: Omit<LossView, 'id' | 'count'> = {
  day: '2026-11-20',
  source: 'broker',
  reason: 'shed',
  from: '2026-11-20T02:00:00.000Z',
  to: '2026-11-20T02:01:00.000Z',
};

describe.skipIf(!has('chromium'))('the engineer’s desk', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function see(address: string, look = PHONE, more: Partial<Contents> = {}) {
    const contents = (now: number): Contents => ({ ...compoundAt(now), ...more });
    const fixture = await startFixture({ at: MORNING, contents });
    const { page, complaints } = await open(browser, fixture.url + address, look);
    onTestFinished(async () => {
      await page.context().close();
      await fixture.stop();
      expect(complaints.filter((words) => !/status of (?:404|409|422)/.test(words))).toEqual([]);
    });
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    const reads = (selector: string, words: string | RegExp) =>
      until(`${selector} reads ${words}`, async () => {
        const found = await page.locator(selector).first().innerText();
        return found.replaceAll('\u00a0', ' ').search(words) >= 0;
      });
    return { fixture, page, reads };
  }

  it('begins with what needs a person, the most pressing first', async () => {
    const { page, reads } = await see('/engineer');
    await reads('.row', '厨余垃圾桶 桶满');
    expect(await page.locator('.rows').first().locator('.row').count()).toBe(4);
    await page.getByRole('button', { name: /^未确认/ }).click();
    await until('three are left', async () => (await page.locator('.row').count()) === 3);
  });

  it('shows a lost cable, and a lamp that is dark while it should be lit', async () => {
    const { reads } = await see('/engineer');
    await reads('[data-source="bins-line"]', /已断开 4分钟\s+the port is gone/);
    await reads('[data-asset="lamp-07"]', /应亮\s+0\.4 W/);
    await reads('[data-asset="lamp-07"]', '故障');
  });

  it('opens a ticket with the plot round its trip, its rule and its history', async () => {
    const { fixture, page, reads } = await see('/engineer');
    await page.getByRole('link', { name: /厨余垃圾桶 桶满/ }).click();
    await page.locator('.plot__canvas canvas').waitFor();
    expect(page.url()).toContain('/engineer/tickets/ticket-1');
    await reads('.facts', '满度 > 90 %；降到 70 % 解除；持续 10分钟 报警');
    await reads('.history', '提诉求');
    const label = await page.locator('.plot__canvas').getAttribute('aria-label');
    expect(label).toMatch(/厨余垃圾桶 · 满度: 94\s% · 10:\d\d/);
    expect(fixture.desk.asked.ticketActions).toEqual([]);
  });

  it('says which lamp of a dead circuit went first', async () => {
    const { page, reads } = await see('/engineer/alarms/alarm-c1');
    await reads('.inside__one', '3号庭院灯 · 最先');
    expect(await page.locator('.inside__one').count()).toBe(6);
  });

  it('sends an action with the version that was seen and a key of its own', async () => {
    const { fixture, page, reads } = await see('/engineer/tickets/ticket-1');
    await page.getByRole('button', { name: '答复' }).click();
    const send = page.getByRole('dialog').getByRole('button', { name: '答复' });
    expect(await send.isDisabled()).toBe(true);
    await page.getByLabel('保洁', { exact: true }).check();
    await page.getByLabel('说明').fill('下午去');
    await send.click();
    await reads('.detail__stage', '处理中');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(fixture.desk.asked.ticketActions).toMatchObject([
      { id: 'ticket-1', action: 'answer', version: 1, body: { team: 'cleaners', note: '下午去' } },
    ]);
    expect(fixture.desk.asked.ticketActions[0]?.key).toMatch(/^[0-9a-f]{32}$/);
  });

  it('says that someone was faster, shows the newer state and overwrites nothing', async () => {
    const { fixture, page, reads } = await see('/engineer/tickets/ticket-1');
    await page.getByRole('button', { name: '接单' }).waitFor();
    // The screen hears no news for a while, as on a bad line, and someone else acts meanwhile.
    const before = await fixture.desk.ticket('ticket-1');
    if (!before.ok) throw new Error('the ticket is there');
    await page.route('**/take', async (route) => {
      fixture.desk.put({
        kind: 'ticket',
        data: { ...before.value, version: 2, assignee: '李师傅' },
      });
      await route.continue();
    });
    await page.getByRole('button', { name: '接单' }).click();
    await reads('.act__notice', '有人抢先一步');
    await reads('.detail__facts', '李师傅');
    const after = await fixture.desk.ticket('ticket-1');
    expect(after.ok && after.value.version).toBe(2);
  });

  it('says a refusal in the gateway’s words and keeps what was typed', async () => {
    const { fixture, page, reads } = await see('/engineer/tickets/ticket-2');
    fixture.desk.refuse({ status: 422, title: 'Not from here', detail: 'It was never answered.' });
    await page.getByRole('button', { name: '完成整改' }).click();
    await page.getByLabel(/说明/).fill('换了灯泡');
    await page.getByRole('dialog').getByRole('button', { name: '完成整改' }).click();
    await reads('.dialog .act__notice', 'It was never answered.');
    expect(await page.getByLabel(/说明/).inputValue()).toBe('换了灯泡');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('acknowledges an alarm, and shelves it only with a reason and an end', async () => {
    const { fixture, page, reads } = await see('/engineer/alarms/alarm-line');
    await page.getByRole('button', { name: '确认' }).click();
    await reads('.detail__stage', '已确认');
    await page.getByRole('button', { name: '搁置' }).click();
    await page.getByLabel('4小时', { exact: true }).check();
    await page.getByLabel(/原因/).fill('等新线');
    await page.getByRole('dialog').getByRole('button', { name: '搁置' }).click();
    await reads('.facts', /搁置到 14:3\d\s+原因：等新线/);
    expect(fixture.desk.asked.alarmActions.map(({ action }) => action)).toEqual([
      'acknowledge',
      'shelve',
    ]);
  });

  it('offers no action while the gateway is away, and says since when it is', async () => {
    const { fixture, page, reads } = await see('/engineer/tickets/ticket-1');
    await page.getByRole('button', { name: '接单' }).waitFor();
    await fixture.stop();
    await reads('.cut-off', '屏幕与网关断开，显示 10:3\\d 的数据');
    expect(await page.getByRole('button', { name: '接单' }).isDisabled()).toBe(true);
    await fixture.start();
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: '接单' }).isDisabled()).toBe(false);
  });

  it('shows what was refused, why, and its bytes', async () => {
    const { reads } = await see('/engineer/intake');
    await reads('.rejection', '校验错误 · bins-line');
    await reads('.bytes', /\$k1,42,wet\.distance=412\*6D85\s+24 6b 31/);
    await reads('.counts', '校验错误 9');
  });

  it('shows what was lost today, each loss with its reason, and the days before', async () => {
    const { page, reads } = await see('/engineer/intake');
    await reads('.today', /今天丢失 12 条\s+收到 8,212 · 入库 8,210 · 拒收 10/);
    await reads('[data-device="k1"]', /缺号 10/);
    await reads('[data-device="k2"]', /无声.*30$/s);
    await reads(
      '[data-loss="gap"]',
      /缺号\s+· k1 · 10 条 · 42…51 号\s+网关停机期间 · 09:48 → 09:59/,
    );
    await reads('[data-loss="skipped"]', /跳过的字节\s+· bins-line · 60,001 字节/);
    await reads('[data-day="2026-11-20"]', /8,212\s+8,210\s+缺号 10 · 来不及存 2/);
    await reads('[data-day="2026-11-19"]', /17,280\s+17,280\s+0/);
    await page.getByRole('button', { name: '启动以来' }).click();
    await reads('.counts', /bins-line\s+⊘\s+断开\s+4,210/);
  });

  it('turns the pages of the losses', async () => {
    const { page } = await see('/engineer/intake', PHONE, {
      losses: Array.from({ length: 45 }, (_, n): LossView => ({
        ...A_LOSS,
        id: `${n}`,
        count: 1000 + n,
      })),
    });
    const shown = async (): Promise<string[]> => page.locator('[data-loss]').allInnerTexts();
    await until('the first page', async () => (await shown()).length === 20);
    await page.getByRole('button', { name: '更早的' }).click();
    await until('the second page', async () => (await shown())[0]?.includes('1,020') ?? false);
    await page.getByRole('button', { name: '更早的' }).click();
    await until('the last page', async () => (await shown()).length === 5);
    expect(await page.getByRole('button', { name: '更早的' }).count()).toBe(0);
    await page.getByRole('button', { name: '返回' }).click();
    await until('back', async () => (await shown()).length === 20);
  });

  it('speaks English where the address says so, and every link keeps it', async () => {
    const { page, reads } = await see('/engineer?lang=en');
    await reads('#needs-me', 'Needs you');
    await page.getByRole('link', { name: /Bin full · 1号投放点 厨余垃圾桶/ }).click();
    await reads('.detail__back', 'Back');
    await reads('.detail__title', 'Bin full · 1号投放点 厨余垃圾桶');
    await reads('.facts', 'fill above 90 %; over once back at 70 %; raised after 10 min');
    expect(page.url()).toContain('lang=en');
    await page.getByRole('button', { name: '中文' }).click();
    await reads('.detail__back', '返回');
  });

  it('shows a stranger’s text as text', async () => {
    const { fixture, page, reads } = await see('/engineer');
    const ticket = await fixture.desk.ticket('ticket-1');
    if (!ticket.ok) throw new Error('the ticket is there');
    const title = '<img src=x onerror=alert(1)>';
    const [first] = ticket.value.history;
    if (!first) throw new Error('somebody raised it');
    const history = [{ ...first, by: '居民', role: 'resident' }];
    fixture.desk.put({ kind: 'ticket', data: { ...ticket.value, title, history, version: 9 } });
    await reads('.row__title', 'onerror=alert');
    expect(await page.locator('.row img').count()).toBe(0);
  });

  it.each([
    '/',
    '/engineer',
    '/engineer/tickets/ticket-1',
    '/engineer/alarms/alarm-c1',
    '/engineer/intake',
  ])(
    '%s is usable by everyone, light and dark, and never wider than the phone',
    async (address) => {
      for (const dark of [false, true]) {
        const { page } = await see(address, { ...PHONE, dark });
        await page.locator('.row, .detail, .counts, .start__link').first().waitFor();
        expect(await seriousViolations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(
          true,
        );
        expect(await page.evaluate(SMALL_TARGETS)).toEqual([]);
      }
    },
  );
});

const SMALL_TARGETS = `[...document.querySelectorAll('button, select, input, textarea, .row, .tab, .link, .start__link')]
  .filter((one) => one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 120))`;
