// A ticket's whole way through the five steps, and the desk's other doings, in a real Chromium: the loop
// over a real gateway with its people, the rest over the real HTTP face and a desk filled by hand.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { Contents } from '../fakes/small-compound.ts';
import { gatewayProcess } from '../e2e/gateway-process.ts';
import { has, until } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch, open, type Look } from './browser.ts';
import { withRisingFill } from './compound.ts';
import { EVENING, startFixture } from './fixture.ts';
import { fillEvidence, loopAt } from './loop-compound.ts';
import { REHEARSED, RULES } from './rehearsed.ts';

const PHONE: Look = { width: 390, height: 844 };
const DESK: Look = { width: 1440, height: 900 };
const PASSWORD = 'a lamp by the gate';
const SITE = `version: 1
http: { port: HTTP_PORT }
store: { dir: DIR/store }
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
stations: [{ id: k1, name: 1号投放点, scales: [{ id: s-a }] }]
sources: [{ id: broker, kind: mqtt-broker, port: MQTT_PORT }]
devices: [{ id: a, source: broker, decoder: courtyard-json, asset: s-a }]
work: { lookBackAfter: 1s }
`;
const PEOPLE = [
  { id: 'li', name: '李工', role: 'engineer', teams: ['engineers'] },
  { id: 'zhao', name: '赵业委', role: 'committee' },
  { id: 'sun', name: '孙书记', role: 'reviewer' },
  { id: 'liu', name: '刘楼长', role: 'steward', teams: ['stewards'] },
] as const;
/** What a browser writes down of an answer that the page itself deals with. */
const EXPECTED = /status of (?:401|403|404|409|413|422|503)/;

/** A photo of one pixel row; small, and a real PNG. */
const drawPhoto = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 64; canvas.height = 48;
    canvas.getContext('2d').fillRect(0, 0, 40, 40);
    return canvas.toDataURL('image/png').split(',')[1];
  })()`);

describe.skipIf(!has('chromium'))('the loop', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const reads = (page: Page, selector: string, words: string | RegExp) =>
    until(`${selector} reads ${words}`, async () => {
      const found = page.locator(selector).first();
      if ((await found.count()) === 0) return false;
      return (await found.innerText()).replaceAll('\u00a0', ' ').search(words) >= 0;
    });

  async function see(url: string, look = PHONE): Promise<Page> {
    const { page, complaints } = await open(browser, url, look);
    onTestFinished(async () => {
      await page.context().close();
      expect(complaints.filter((words) => !EXPECTED.test(words))).toEqual([]);
    });
    return page;
  }

  /** Presses an action of the bar, wherever it is: what is there changes as the ticket moves on. */
  async function press(page: Page, name: string): Promise<void> {
    const bar = page.locator('.act__buttons');
    const button = bar.getByRole('button', { name, exact: true });
    const more = bar.getByRole('button', { name: '更多' });
    await until(
      `the bar has ${name}`,
      async () => {
        if (await button.isVisible()) return true;
        if (await more.isVisible()) await more.click({ timeout: 1000 }).catch(() => undefined);
        return button.isVisible();
      },
      30_000,
    );
    await button.click();
  }

  const send = (page: Page, name: string) =>
    page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

  it('goes from a steward’s word over every step to their stars, once sent back, each by whose it is', async () => {
    const gateway = await gatewayProcess(SITE);
    await gateway.start();
    const admin = await see(`${gateway.url}/signin`);
    const ask = async (page: Page, path: string, data: object): Promise<{ id?: string }> => {
      const answer = await page.request.post(gateway.url + path, { data });
      expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
      return (await answer.json()) as { id?: string };
    };
    await ask(admin, '/api/v1/first-person', { id: 'chen', name: '陈', password: PASSWORD });
    for (const person of PEOPLE)
      await ask(admin, '/api/v1/people', { ...person, password: PASSWORD });
    const as = async (name: (typeof PEOPLE)[number]['id'], address: string): Promise<Page> => {
      const page = await see(`${gateway.url}/signin`);
      await ask(page, '/api/v1/session', { name, password: PASSWORD });
      await page.goto(gateway.url + address);
      return page;
    };

    const steward = await as('liu', '/engineer');
    const { id } = await ask(steward, '/api/v1/tickets', {
      category: 'manhole',
      title: '井盖松动',
      place: '1号楼',
    });
    const address = `/engineer/tickets/${id}`;

    const engineer = await as('li', address);
    await reads(engineer, '.loop__step--now', '答复');
    await press(engineer, '答复');
    await engineer.getByLabel('工程', { exact: true }).check();
    await engineer.getByLabel('说明').fill('上午去');
    await send(engineer, '答复');
    await reads(engineer, '.detail__stage', '处理中');
    // The only one on duty has it without asking for it.
    await reads(engineer, '.detail__facts', /负责人 li/);
    await press(engineer, '加照片');
    const buffer = Buffer.from(await drawPhoto(engineer), 'base64');
    const photo = { name: 'IMG.png', mimeType: 'image/png', buffer };
    await engineer.locator('input[type=file]').setInputFiles([photo]);
    await send(engineer, '上传 1 张');
    await engineer.locator('.photos__one').waitFor();
    await press(engineer, '完成整改');
    await engineer.getByLabel(/说明/).fill('垫了胶圈');
    await send(engineer, '完成整改');
    await reads(engineer, '.detail__stage', '已整改');
    // Who rectified it is offered no judgement of it.
    await until(
      'the engineer’s actions are known',
      async () => (await engineer.locator('.act__buttons button').count()) > 0,
    );
    expect(await engineer.getByRole('button', { name: '督查', exact: true }).count()).toBe(0);

    const committee = await as('zhao', '/engineer');
    await reads(committee, '[aria-pressed="true"]', /待督查\s*1/);
    await committee.getByRole('link', { name: /井盖松动/ }).click();
    await press(committee, '督查');
    await committee.getByLabel('退回', { exact: true }).check();
    await committee.getByLabel(/原因/).fill('踩上去还响');
    await send(committee, '督查');
    await reads(committee, '.detail__facts', '退回 1 次');

    await reads(engineer, '.detail__stage', '处理中');
    await press(engineer, '完成整改');
    await engineer.getByLabel(/说明/).fill('换了井圈');
    await send(engineer, '完成整改');
    await reads(committee, '.detail__stage', '已整改');
    await press(committee, '督查');
    await committee.getByLabel('通过', { exact: true }).check();
    await send(committee, '督查');
    await reads(committee, '.detail__stage', '已督查');

    const reviewer = await as('sun', address);
    await press(reviewer, '回头看');
    const pass = reviewer.getByLabel('通过', { exact: true });
    await until('a second has gone by', () => pass.isEnabled());
    await pass.check();
    await send(reviewer, '回头看');
    await reads(reviewer, '.detail__stage', '已回头看');

    await steward.goto(gateway.url + address);
    await press(steward, '评价');
    await steward.getByLabel('★★★★★', { exact: true }).check();
    await send(steward, '评价');
    await reads(steward, '.detail__stage', '已关闭');
    expect(await steward.locator('.loop__step--done').count()).toBe(6);
    expect(await seriousViolations(steward)).toEqual([]);
  });

  async function house(address: string, look = PHONE, more: Partial<Contents> = {}) {
    const fixture = await startFixture({
      at: EVENING,
      contents: (now) => ({ ...loopAt(now), rules: RULES, ...more }),
      desk: (desk) => ({
        ...withRisingFill(desk),
        async rehearse(query) {
          await desk.rehearse(query);
          return { ok: true, value: REHEARSED };
        },
      }),
    });
    fixture.desk.putEvidence(fillEvidence(fixture.now()));
    onTestFinished(() => fixture.stop());
    const page = await see(fixture.url + address, look);
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    return { fixture, page };
  }

  it('keeps what was typed when somebody was faster, says what they did, and sends it then', async () => {
    const { fixture, page } = await house('/engineer/tickets/T11');
    await press(page, '完成整改');
    await page.getByLabel(/说明/).fill('换了密封圈');
    const before = await fixture.desk.ticket('T11');
    if (!before.ok) throw new Error('the ticket is there');
    const { history } = before.value;
    const step = { at: '2026-11-20T10:29:00.000Z', by: 'wang.li', role: 'manager' };
    const said = {
      ...step,
      action: 'comment',
      from: 'answered',
      to: 'answered',
      reason: '先看配电箱',
    };
    // The screen hears of it only with the refusal.
    let isFirst = true;
    await page.route('**/rectify', async (route) => {
      if (isFirst)
        fixture.desk.put({
          kind: 'ticket',
          data: { ...before.value, version: 9, history: [...history, said] },
        });
      isFirst = false;
      await route.continue();
    });
    await send(page, '完成整改');
    await reads(page, '.dialog .changes', /wang\.li · 补充说明 · 先看配电箱/);
    await reads(page, '.dialog .act__notice', '有人抢先一步');
    expect(await page.getByLabel(/说明/).inputValue()).toBe('换了密封圈');
    await send(page, '完成整改');
    await reads(page, '.detail__stage', '已整改');
    const [first, second] = fixture.desk.asked.ticketActions;
    expect([first?.version, second?.version]).toEqual([3, 9]);
    expect(first?.key).not.toBe(second?.key);
  });

  it('sends the same key again when an answer was lost', async () => {
    const { fixture, page } = await house('/engineer/tickets/T11');
    await press(page, '补充说明');
    await page.getByLabel(/内容/).fill('已约好师傅');
    let isLost = true;
    await page.route('**/comment', async (route) => {
      const answer = await route.fetch();
      if (!isLost) return route.fulfill({ response: answer });
      isLost = false;
      return route.abort();
    });
    await send(page, '补充说明');
    await reads(page, '.dialog .act__notice', '再按一次不会重复');
    await send(page, '补充说明');
    await until('the dialog is gone', async () => (await page.getByRole('dialog').count()) === 0);
    const [first, second, ...more] = fixture.desk.asked.ticketActions;
    expect(more).toEqual([]);
    expect(first?.key).toBe(second?.key);
    const after = await fixture.desk.ticket('T11');
    expect(after.ok && after.value.version).toBe(4);
  });

  it('shows the evidence as it was frozen, and the values until now when asked', async () => {
    const { page } = await house('/engineer/alarms/alarm-1');
    await reads(page, '.column', /网关时钟\s+已对时/);
    await reads(page, '.column', /随数值升级：低 → 中/);
    await page.locator('.plot__canvas canvas').waitFor();
    await page.getByRole('button', { name: '至今的数值' }).click();
    await page.locator('.plot__canvas canvas').waitFor();
    await reads(page, '[aria-pressed="true"]', '至今的数值');
  });

  it('takes an alarm out of service with a reason, and puts it back', async () => {
    const { fixture, page } = await house('/engineer/alarms/alarm-line');
    await press(page, '停用');
    await page.getByLabel(/原因/).fill('换线');
    await send(page, '停用');
    await reads(page, '.detail__stage', '已停用');
    await press(page, '恢复启用');
    await reads(page, '.detail__stage', '未确认');
    expect(fixture.desk.asked.alarmActions.map(({ action }) => action)).toEqual([
      'take-out',
      'put-back',
    ]);
  });

  it('says that people are at work on a bin, until they are done', async () => {
    const { fixture, page } = await house('/engineer', DESK);
    await page.getByRole('button', { name: '开始检修 厨余垃圾桶' }).first().click();
    await page.getByLabel('2小时', { exact: true }).check();
    await page.getByLabel(/原因/).fill('换桶');
    await send(page, '开始检修');
    await reads(page, '.asset--upkeep', /检修中[\s\S]*换桶/);
    await page.getByRole('button', { name: '结束检修 厨余垃圾桶' }).click();
    await send(page, '结束检修');
    await page.locator('.asset--upkeep').waitFor({ state: 'detached' });
    expect(fixture.desk.asked.assetActions.map(({ action }) => action)).toEqual([
      'maintain',
      'release',
    ]);
  });

  it('keeps its filter in the address, and says why a list is empty', async () => {
    const { page } = await house('/engineer?show=overdue');
    await reads(page, '.row', '3号楼门口地面渗水');
    expect(await page.locator('.rows').first().locator('.row').count()).toBe(1);
    await page.getByRole('button', { name: /^等待中/ }).click();
    await until('the address', async () => page.url().includes('show=waiting'));
    const { page: calm } = await house('/engineer/alarms?show=shelved', PHONE, { alarms: [] });
    await reads(calm, '.quiet', '没有搁置的告警');
  });

  it('tries a lower limit on the kept days', async () => {
    const { fixture, page } = await house('/engineer/rehearsal');
    const run = page.getByRole('button', { name: '试演' });
    await page.getByLabel(/^高于/).waitFor();
    expect(await run.isDisabled()).toBe(true);
    await page.getByLabel(/^高于/).fill('0.8');
    await run.click();
    await reads(page, '[data-rule="bin-full"]', /3\s+5\s+3\s+5\s+3/);
    await reads(page, '[data-fate="earlier"]', /更早[\s\S]*11-18 18:41 → 11-18 18:02/);
    await reads(page, '.result', '不完整的日子：11-20');
    expect(fixture.desk.asked.rehearsals[0]?.rule).toEqual({ ...RULES[0], above: 0.8 });
  });

  it.each([
    '/engineer/alarms',
    '/engineer/alarms/a-flood',
    '/engineer/tickets/T11',
    '/engineer/tickets/T13',
    '/engineer/rehearsal',
  ])(
    '%s is usable by everyone, light and dark, and never wider than the phone',
    async (address) => {
      for (const dark of [false, true]) {
        const { page } = await house(address, { ...PHONE, dark });
        await page.locator('.row, .detail, .bench').first().waitFor();
        expect(await seriousViolations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(
          true,
        );
      }
    },
  );
});
