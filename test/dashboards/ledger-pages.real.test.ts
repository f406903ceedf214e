// What stands behind the manager's figures, in a real Chromium: a correction that one manager asks for
// and another approves, over a real gateway and a real broker; and a day, its numbers and the windows,
// over the real HTTP face and a desk filled by hand.
import { connect } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { LedgerRowView, WeighedView } from '../../gateway/api/schemas.ts';
import { gatewayProcess, type GatewayProcess } from '../e2e/gateway-process.ts';
import { has, until } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch, open, type Look } from './browser.ts';
import { MORNING, startFixture } from './fixture.ts';
import { HOSTILE, OPENED, withOpened } from './opened.ts';

const DESK: Look = { width: 1440, height: 900 };
const PHONE: Look = { width: 390, height: 844 };
const PASSWORD = 'a lamp by the gate';
const HERE = { address: '127.0.0.1' };
const EXPECTED = /status of (?:401|403|404|422)/;
const SITE = `version: 1
http: { port: HTTP_PORT }
store: { dir: DIR/store }
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
stations:
  - id: k1
    name: 1号投放点
    bins: [{ id: k1-wet, stream: wet, position: 1, volumeL: 240, emptyMm: 1000, fullMm: 200, tareKg: 14.2 }]
sources: [{ id: broker, kind: mqtt-broker, port: MQTT_PORT }]
devices: [{ id: k1, source: broker, decoder: courtyard-json, assets: { wet: k1-wet } }]
`;
const SECONDS = 240;

/** What a scale kept while its line was down: an empty bin, then one with five kilograms in it. */
async function weighFive(gateway: GatewayProcess): Promise<void> {
  const client = connect(gateway.mqttUrl);
  onTestFinished(() => client.endAsync(true));
  const first = Date.now() - (SECONDS + 20) * 1000;
  const told = Array.from({ length: SECONDS }, (_, second) => ({
    at: first + second * 1000,
    'wet.gross': second < SECONDS / 2 ? 14.2 : 19.2,
  }));
  for (let from = 0; from < told.length; from += 40) {
    const body = JSON.stringify(told.slice(from, from + 40));
    await client.publishAsync('courtyard/yard/k1/telemetry', body, { qos: 1 });
  }
}

describe.skipIf(!has('chromium'))('behind the figures', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const reads = (page: Page, selector: string, words: string | RegExp) =>
    until(
      `${selector} reads ${words}`,
      async () => {
        const found = page.locator(selector).first();
        if ((await found.count()) === 0) return false;
        return (await found.innerText()).replaceAll('\u00a0', ' ').search(words) >= 0;
      },
      20_000,
    );

  async function visit(url: string, look = DESK): Promise<Page> {
    const { page, complaints } = await open(browser, url, look);
    onTestFinished(async () => {
      await page.context().close();
      expect(complaints.filter((words) => !EXPECTED.test(words))).toEqual([]);
    });
    return page;
  }

  it('one manager asks for a correction, another approves it, and the figure changes', async () => {
    const gateway = await gatewayProcess(SITE);
    await gateway.start();
    await weighFive(gateway);
    const admin = await visit(`${gateway.url}/signin`);
    const tell = async (page: Page, path: string, data: object): Promise<void> => {
      const answer = await page.request.post(gateway.url + path, { data });
      expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
    };
    const hear = async <T>(path: string): Promise<T> =>
      (await admin.request.get(gateway.url + path)).json() as Promise<T>;
    await tell(admin, '/api/v1/first-person', { id: 'chen', name: '陈', password: PASSWORD });
    for (const id of ['wu', 'zhao'])
      await tell(admin, '/api/v1/people', { id, name: id, role: 'manager', password: PASSWORD });
    const as = async (name: string, address: string): Promise<Page> => {
      const page = await visit(`${gateway.url}/signin`);
      await tell(page, '/api/v1/session', { name, password: PASSWORD });
      await page.goto(gateway.url + address);
      return page;
    };
    let day = '';
    await until(
      'the deposit is known',
      async () => {
        const [deposit] = await hear<WeighedView[]>('/api/v1/deposits');
        day = deposit?.day ?? '';
        return deposit !== undefined;
      },
      30_000,
    );
    const row = async (): Promise<LedgerRowView | undefined> => {
      const rows = await hear<LedgerRowView[]>(`/api/v1/ledger?from=${day}&to=${day}&by=day`);
      return rows.find(({ basis }) => basis === 'deposited');
    };

    const asks = await as('wu', `/manager/day/${day}`);
    await reads(asks, '.figures--day', /湿垃圾\s+1号投放点\s+投放\s+5\.0 kg/);
    await reads(asks, '.figures--events', /投放\s+5\.0 kg\s+称重/);
    await asks.getByRole('button', { name: '提出更正' }).click();
    await asks.fill('[name=kg]', '7.5');
    await reads(asks, '.field__hint', '5.0 kg → 12.5 kg，批准之后');
    await asks.fill('[name=reason]', HOSTILE);
    await asks.getByRole('button', { name: '提交，等另一人批准' }).click();
    await reads(asks, '.correction', '待批');
    await reads(asks, '.correction__why', '这是你自己提的');
    expect(await asks.getByRole('button', { name: '批准' }).count()).toBe(0);
    await reads(asks, '[data-basis=deposited]', /5\.0 kg\s+没有\s+… 1 条更正待批\s+5\.0 kg/);
    expect(await row()).toMatchObject({ kg: 5, pending: 1 });
    const id = await asks.locator('.correction').getAttribute('data-correction');
    const own = await asks.request.post(`${gateway.url}/api/v1/ledger/corrections/${id}/approve`, {
      data: {},
    });
    expect(own.status()).toBe(403);

    const decides = await as('zhao', '/manager/corrections');
    await reads(decides, '.correction', /投放 \+7\.5 kg/);
    expect(await decides.locator('.correction .post__words').textContent()).toBe(HOSTILE);
    expect(await decides.locator('.correction img').count()).toBe(0);
    await decides.getByRole('button', { name: /^批准/ }).click();
    const dialog = decides.getByRole('dialog');
    expect(await dialog.locator('img').count()).toBe(0);
    await dialog.locator('[name=note]').fill('看过监控');
    await dialog.getByRole('button', { name: '批准', exact: true }).click();
    await reads(decides, '.done', '✓ 已批准');
    await reads(decides, '.correction--approved', /wu 提出[^]*已批准: zhao[^]*看过监控/);

    await asks.reload();
    await reads(asks, '[data-basis=deposited]', /5\.0 kg\s+✎ \+7\.5 kg\s+12\.5 kg/);
    await reads(asks, '.figures--day', /12\.5 kg\s+✎ 已更正 \+7\.5 kg/);
    await asks.goto(`${gateway.url}/manager?from=${day}&to=${day}`);
    await reads(asks, '.day-panel', /12\.5 kg\s+✎ 已更正 \+7\.5 kg/);
    expect(await row()).toMatchObject({ kg: 5, correctedKg: 7.5 });
  });

  async function see(address: string, look: Look = DESK) {
    const fixture = await startFixture({ at: MORNING, desk: withOpened });
    onTestFinished(() => fixture.stop());
    const { desk } = fixture;
    const first = await desk.firstPerson({
      id: 'chen',
      name: '陈',
      password: PASSWORD,
      shown: HERE,
    });
    if (!first.ok) throw new Error(first.detail);
    const asked = {
      day: OPENED,
      stream: 'wet',
      station: 'k1',
      basis: 'deposited',
      kg: -9,
    } as const;
    const actor = { by: 'wu', role: 'manager' } as const;
    await desk.askCorrection({ body: { ...asked, reason: HOSTILE }, actor });
    const page = await visit('about:blank', look);
    const value = first.value.token;
    await page.context().addCookies([{ name: 'courtyard_session', value, url: fixture.url }]);
    await page.goto(fixture.url + address);
    await page.locator('.figures, .posts, .quiet__what').first().waitFor();
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    return { fixture, page };
  }

  it('a bar leads to its day, by click and by keyboard', async () => {
    const { page } = await see('/manager?from=2026-11-01&to=2026-11-20');
    await page.locator(`a[data-day="${OPENED}"] .day__column`).first().click();
    await page.waitForURL(`**/manager/day/${OPENED}`);
    await page.goBack();
    // One stop for each chart, from which arrows lead on.
    expect(await page.locator('.plot__area a[tabindex="0"]').count()).toBe(2);
    await page.locator('.day--chosen').first().focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/manager/day/${OPENED}`);
    await reads(page, '.day-steps__name', '2026-11-18 周三');
  });

  it('every number of a day opens what it is made of', async () => {
    const { page } = await see(`/manager/day/${OPENED}`);
    await reads(
      page,
      '.balance--even',
      '进 312.3 kg − 出 305.0 kg = 应增 7.3 kg · 秤上实增 7.1 kg',
    );
    await reads(page, '.balance--odd', /不平，差 −3\.6 kg，超过 2\.0 kg/);
    await reads(page, '.balance--unknown', '无法核对');
    await page.getByRole('link', { name: /1号投放点 湿垃圾 清运/ }).click();
    await until('only collections', async () => (await page.locator('.event').count()) === 2);
    expect(new URL(page.url()).search).toBe('?station=k1&stream=wet&show=collections');
    await page.getByRole('link', { name: /有标记/ }).click();
    await reads(page, '.figures--events', /03:10[^]*误时\s*夜间\s*成堆/);
    await reads(page, '.event--back', '已取回，不计');
    await page.goBack();
    await until('only collections', async () => (await page.locator('.event').count()) === 2);
    await reads(page, '#excluded + .scroll', /校验错误\s+12/);
    await reads(page, '#bins + .scroll', /⚠ 听到 75\.3 %[^]*02:00–05:12/);
  });

  it('keeps a half-written correction when the gateway goes', async () => {
    const { fixture, page } = await see(`/manager/day/${OPENED}?station=k1&stream=wet`);
    await page.getByRole('button', { name: '提出更正' }).click();
    await page.fill('[name=reason]', '写到一半');
    await fixture.stop();
    await reads(page, '.cut-off', '屏幕与网关断开');
    await page.fill('[name=kg]', '-500');
    await reads(page, '[role=dialog] .field__hint', '减得比这个数还多');
    await page.fill('[name=kg]', '-5');
    await page.getByRole('button', { name: '提交，等另一人批准' }).click();
    await page.locator('.notice:not(:empty)').waitFor();
    expect(await page.inputValue('[name=reason]')).toBe('写到一半');
    await fixture.start();
    await page.locator('.cut-off').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '提交，等另一人批准' }).click();
    await reads(page, '.done', '已提交');
  });

  it('the windows say what should be nought, why dumping is suspected, and where and when', async () => {
    const { page } = await see('/manager/windows?station=k1');
    await reads(page, '.kpis', /误时投放\s+10 次\s+88\.4 kg\s+目标 0/);
    await reads(page, '.cases', /11-15 周日 23:10[^]*31\.4 kg\s*夜里、时段之外\s*一次一大堆/);
    expect(await page.locator('.heat__cell--2').allInnerTexts()).toEqual(['2', '2']);
    await reads(page, '.figures--windows', /07:00–09:00\s+18:00–20:00\s+75\.0 %/);
    await page.selectOption('[name=station]', 'k2');
    await page.getByText('没有疑似偷倒 ✓').waitFor();
    expect(page.url()).toContain('station=k2');
    await page.goBack();
    await reads(page, '.cases', '11-15 周日');
  });

  it.each([
    `/manager/day/${OPENED}?lang=en&station=k1&stream=wet`,
    '/manager/windows?lang=en',
    '/manager/corrections',
  ])(
    '%s is usable by everyone, light and dark, and never wider than the phone',
    async (address) => {
      for (const dark of [false, true]) {
        const { page } = await see(address, { ...PHONE, dark });
        await page.locator('.event, .heat, .correction').first().waitFor();
        expect(await seriousViolations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(
          true,
        );
        expect(await page.evaluate(SMALL_TARGETS)).toEqual([]);
      }
    },
  );

  it('prints a day on paper without buttons, with a line to sign on', async () => {
    const { page } = await see(`/manager/day/${OPENED}`);
    await page.locator('.event').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 688, height: 980 });
    const paper = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ');
    expect(paper).toMatch(/当日明细 2026-11-18[^]*生成于 2026-11-20 10:3\d[^]*制表\s+审核/);
    expect(await page.locator('button:visible, a.button:visible').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

const SMALL_TARGETS = `[...document.querySelectorAll('button, input, select, summary, a')]
  .filter((one) => one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 120))`;
