// What is said and done where the bins stand, in a real Chromium over a real gateway: a tap on the wall
// and on a cleaner's phone, both taken back, and an engineer's new tare.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connectAsync } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import type { WeighedView } from '../../gateway/api/schemas.ts';
import { gatewayProcess } from '../e2e/gateway-process.ts';
import { has, until } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch, open, type Look } from './browser.ts';

const PHONE: Look = { width: 390, height: 844 };
const WALL: Look = { width: 1280, height: 800 };
const PASSWORD = 'a lamp by the gate';
const SITE = `version: 1
http: { port: HTTP_PORT }
store: { dir: DIR/store }
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
stations:
  - id: k1
    name: 1号投放点
    bins: [{ id: k1-wet, stream: wet, position: 1, tareKg: 14.2 }]
sources: [{ id: broker, kind: mqtt-broker, port: MQTT_PORT }]
devices: [{ id: k1, source: broker, decoder: courtyard-json, assets: { wet: k1-wet } }]
rules:
  - { id: heavy, on: bin, quantity: net, above: 60, clearBelow: 40, holdFor: 1m, severity: low }
`;
const PEOPLE = [
  { id: 'li', name: '李工', role: 'engineer', teams: ['engineers'] },
  { id: 'wang', name: '王保洁', role: 'cleaner', teams: ['cleaners'] },
] as const;
/** What a browser writes down of an answer that the page itself deals with. */
const EXPECTED = /status of (?:401|403|404|409|422)/;

describe.skipIf(!has('chromium'))('on site', () => {
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

  async function house() {
    const gateway = await gatewayProcess(SITE);
    await gateway.start();
    const see = async (address: string, look: Look): Promise<Page> => {
      const { page, complaints } = await open(browser, gateway.url + address, look);
      onTestFinished(async () => {
        await page.context().close();
        expect(complaints.filter((words) => !EXPECTED.test(words))).toEqual([]);
      });
      return page;
    };
    const admin = await see('/signin', PHONE);
    const ask = async <T>(page: Page, path: string, data: object): Promise<T> => {
      const answer = await page.request.post(gateway.url + path, { data });
      expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
      return (await answer.json()) as T;
    };
    await ask(admin, '/api/v1/first-person', { id: 'chen', name: '陈', password: PASSWORD });
    for (const person of PEOPLE)
      await ask(admin, '/api/v1/people', { ...person, password: PASSWORD });
    const as = async (name: (typeof PEOPLE)[number]['id'], address: string): Promise<Page> => {
      const page = await see('/signin', PHONE);
      await ask(page, '/api/v1/session', { name, password: PASSWORD });
      await page.goto(gateway.url + address);
      return page;
    };
    const collections = async (): Promise<WeighedView[]> => {
      const answer = await admin.request.get(`${gateway.url}/api/v1/collections?asset=k1-wet`);
      return (await answer.json()) as WeighedView[];
    };
    return { gateway, admin, see, ask, as, collections };
  }

  /** Two minutes of a scale at rest, as its device would have kept them. */
  async function rests(mqttUrl: string, gross: number): Promise<void> {
    const client = await connectAsync(mqttUrl, { reconnectPeriod: 0 });
    const told = Array.from({ length: 24 }, (_, index) => ({
      'wet.gross': gross,
      at: Date.now() - (24 - index) * 5000,
      seq: index,
    }));
    await client.publishAsync('courtyard/yard/k1/telemetry', JSON.stringify(told), { qos: 1 });
    await client.endAsync();
  }

  const tapOf = (page: Page) => page.getByRole('button', { name: /我已清运\s*：1 号湿桶/ });

  it('a tap on the station’s screen is a collection that nobody vouches for, and can be taken back', async () => {
    const { see, ask, admin, collections } = await house();
    const wall = await see('/kiosk?touch=yes', WALL);
    await wall.locator('[data-pairing="shown"]').waitFor();
    const code = (await wall.locator('.pairing__code').innerText()).replace(' ', '');
    await ask(admin, '/api/v1/displays/pair', { code, station: 'k1' });
    await tapOf(wall).waitFor();
    const box = await tapOf(wall).boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(60);

    await tapOf(wall).click();
    await reads(wall, '.tap--told', /已记 \d\d:\d\d 清运/);
    await until('it is a collection', async () => (await collections()).length === 1);
    expect(await collections()).toMatchObject([{ by: 'tap', flags: ['unverified'] }]);
    await wall.getByRole('button', { name: /^撤销/ }).click();
    await reads(wall, '.tap', '已撤销');
    await until('it is none any more', async () => (await collections()).length === 0);
    await tapOf(wall).waitFor();
    expect(await seriousViolations(wall)).toEqual([]);
  });

  it('says that nothing was noted where the gateway is away, and stays usable', async () => {
    const { see, ask, admin, collections } = await house();
    const wall = await see('/kiosk?touch=yes', WALL);
    await wall.locator('[data-pairing="shown"]').waitFor();
    const code = (await wall.locator('.pairing__code').innerText()).replace(' ', '');
    await ask(admin, '/api/v1/displays/pair', { code, station: 'k1' });
    await tapOf(wall).waitFor();
    await wall.route('**/collected', (route) => route.abort());
    await tapOf(wall).click();
    await reads(wall, '.tap--refused', '与网关断开，没有记下');
    expect(await collections()).toEqual([]);
    await wall.unroute('**/collected');
    await tapOf(wall).click();
    await reads(wall, '.tap--told', '已记');
    expect(await collections()).toHaveLength(1);
  });

  it('a cleaner sees first which bin is next, and says that it was emptied', async () => {
    const { gateway, as, collections } = await house();
    await rests(gateway.mqttUrl, 75);
    const phone = await as('wang', '/engineer');
    await reads(phone, '.column h1', '接下来收哪个桶');
    await reads(phone, '[data-bin="k1-wet"]', /满[^]*到上限的/);
    await phone.locator('.tap__button').click();
    await reads(phone, '.tap--told', '已记');
    await until('it is a collection', async () => (await collections()).length === 1);
    expect(await collections()).toMatchObject([{ person: 'wang', flags: [] }]);
    await phone.getByRole('button', { name: /^撤销/ }).click();
    await until('it is none any more', async () => (await collections()).length === 0);
    expect(await seriousViolations(phone)).toEqual([]);
    expect(await phone.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('an engineer takes the weight that is shown as the tare, and reads it in the history', async () => {
    const { gateway, as } = await house();
    const phone = await as('li', '/engineer');
    await phone.locator('[data-asset="k1-wet"] .asset__link').click();
    await reads(phone, '.facts', /皮重\s+14\.20 kg/);
    const press = (name: string) =>
      phone.getByRole('button', { name, exact: true }).first().click();
    const send = (name: string) =>
      phone.getByRole('dialog').getByRole('button', { name, exact: true }).click();
    await press('重新去皮');
    await reads(phone, '.dialog', '秤现在没有稳定的重量');
    await phone.keyboard.press('Escape');

    await rests(gateway.mqttUrl, 15);
    await until('the scale rests', async () => {
      const { settledGrossKg } = (await (
        await phone.request.get(`${gateway.url}/api/v1/assets/k1-wet/place`)
      ).json()) as { settledGrossKg?: number };
      return settledGrossKg === 15;
    });
    await until('the page knows it', async () => {
      await press('重新去皮');
      const isKnown = (await phone.locator('.dialog').innerText()).includes('15.00');
      if (!isKnown) await phone.keyboard.press('Escape');
      return isKnown;
    });
    await phone.getByLabel('用秤上现在的 15.00 kg').check();
    await send('重新去皮');
    await reads(phone, '[data-action="tare"]', /14\.20 kg → 15\.00 kg/);
    await reads(phone, '.facts', /皮重\s+15\.00 kg/);

    await press('停用');
    await phone.getByLabel('原因').fill('<img src=x onerror=alert(1)>');
    await send('停用');
    await reads(phone, '.facts', '停用：<img src=x');
    await reads(phone, '.detail__state', '停用');
    await press('恢复使用');
    await send('恢复使用');
    await reads(phone, '.facts', '在用');
    expect(await phone.locator('.place__history > li').count()).toBe(3);
    expect(await seriousViolations(phone)).toEqual([]);
  });
});
