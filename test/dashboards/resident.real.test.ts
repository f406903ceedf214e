// A resident before a sorting station, in a real Chromium of a phone's size over a real gateway, once
// with JavaScript and once without: the code's page, a photo of 12 megapixels that knows where it was
// taken, the link that follows, the work of the staff step by step, and the rating that ends it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { gatewayProcess, type GatewayProcess } from '../e2e/gateway-process.ts';
import { has, temporaryFolder, until } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch } from './browser.ts';

const SITE = `version: 1
http: { port: HTTP_PORT }
store: { dir: DIR/store }
site:
  id: yard
  name: 绿苑小区
  zone: Asia/Shanghai
  latitude: 31.08
  longitude: 121.39
  contact: { phone: "021-5555 0100" }
stations: [{ id: k1, name: 1号投放点, scales: [{ id: s-a }] }]
sources: [{ id: broker, kind: mqtt-broker, port: MQTT_PORT }]
devices: [{ id: a, source: broker, decoder: courtyard-json, asset: s-a }]
work: { lookBackAfter: 1s }
`;
const PASSWORD = 'a lamp by the gate';
const PEOPLE = [
  { id: 'li', name: '李工', role: 'engineer', teams: ['engineers'] },
  { id: 'zhao', name: '赵业委', role: 'committee' },
  { id: 'sun', name: '孙书记', role: 'reviewer' },
] as const;
const BUDGET = 30 * 1024;
/** The door takes no form that came faster than a hand can fill it in. */
const A_HAND_MS = 3_200;

/** As a phone takes it: 12 megapixels of a busy scene, on its side, with its place. */
async function cameraPhoto(folder: string): Promise<string> {
  const noise = { type: 'gaussian', mean: 128, sigma: 22 } as const;
  const file = path.join(folder, 'IMG_0042.jpg');
  const background = { r: 0, g: 0, b: 0 };
  await sharp({ create: { width: 4032, height: 3024, channels: 3, background, noise } })
    .withExif({
      IFD0: { Make: 'Secret Camera', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 4/1 48/1' },
    })
    .withMetadata({ orientation: 6, icc: 'srgb' })
    .jpeg({ quality: 88 })
    .toFile(file);
  return file;
}

describe.skipIf(!has('chromium'))('a resident', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function phone(javaScriptEnabled: boolean): Promise<{ page: Page; bytes: () => number }> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      javaScriptEnabled,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(`${said.text()} ${said.location().url}`);
    });
    onTestFinished(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    let bytes = 0;
    const wire = await context.newCDPSession(page);
    await wire.send('Network.enable');
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    return { page, bytes: () => bytes };
  }

  /** The engineer's page of the ticket: the words as text, the photo, and whom to call. */
  async function staffReadIt([name, value]: readonly [string, string], url: string): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    await context.addCookies([{ name, value, url: new URL(url).origin }]);
    const page = await context.newPage();
    await page.goto(url);
    const told = page.locator('.told__one');
    await told.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await told.locator('.told__phone').getAttribute('href')).toBe('tel:13800000042');
    await told.locator('img').scrollIntoViewIfNeeded();
    await page.waitForFunction(`document.querySelector('.told__one img').naturalWidth > 0`);
    await context.close();
  }

  it.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ] as const)(
    'reports with a photo, follows every step, and ends the loop with stars, %s',
    async (_how, hasScript) => {
      const photo = await cameraPhoto(temporaryFolder());
      expect((await sharp(photo).metadata()).exif).toBeDefined();
      expect(readFileSync(photo).length).toBeGreaterThan(4_000_000);
      const gateway = await gatewayProcess(SITE);
      await gateway.start();
      const staff = await crew(gateway);
      const { page, bytes } = await phone(hasScript);

      await page.goto(`${gateway.url}/r/k1`);
      const opened = performance.now();
      expect(await page.locator('h1').innerText()).toContain('1号投放点');
      expect(await page.locator('.call__number').innerText()).toBe('021-5555 0100');
      expect(bytes()).toBeLessThan(BUDGET);
      await page.getByText('下水堵了').click();
      await page.getByLabel('从相册选').setInputFiles(photo);
      if (hasScript) await page.locator('.shot canvas').waitFor();
      await page.getByLabel(/手机号/).fill('138 0000 0042');
      await page.getByLabel(/说几句/).fill('地漏一直冒水\n<img src=x onerror=alert(1)>');
      expect(hasScript ? await seriousViolations(page) : []).toEqual([]);
      await until('a hand has had its time', () => performance.now() - opened > A_HAND_MS);
      await page.getByRole('button', { name: '提交' }).click();

      await page.locator('.number strong').waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/f\/[\w-]{20,}$/);
      expect(await page.locator('.number strong').innerText()).toMatch(/^\d+$/);
      expect(await page.locator('.quote').innerText()).toContain('<img src=x onerror=alert(1)>');
      expect(hasScript ? await seriousViolations(page) : []).toEqual([]);
      await bare(gateway);

      const reached = async (count: number): Promise<void> => {
        await page.reload();
        expect(await page.locator('.dot--reached').count()).toBe(count);
      };
      await reached(1);
      const ticket = await staff.ticket();
      await staff.act('li', ticket, 'answer', { team: 'engineers', note: '上午去看' });
      await page.reload();
      expect(await page.locator('.answers').innerText()).toContain('上午去看');
      if (hasScript)
        await staffReadIt(staff.cookie('li'), `${gateway.url}/engineer/tickets/${ticket}`);
      await staff.act('li', ticket, 'rectify', { note: '通了' });
      await reached(4);
      await staff.act('zhao', ticket, 'inspect', { result: 'pass' });
      await until('it may be looked back on', () =>
        staff.may('sun', ticket, 'look-back', { result: 'pass' }),
      );
      await page.reload();
      await page.getByLabel('5 很满意').check();
      await page.getByLabel(/想说的话/).fill('谢谢');
      await page.getByRole('button', { name: '提交评价' }).click();
      await page.getByText('您评了 5 分').waitFor();
      expect(await page.getByRole('button', { name: '提交评价' }).count()).toBe(0);
      expect(await staff.read(ticket)).toMatchObject({ state: 'closed' });
    },
  );
});

/** What lies on the disk is a picture, and nothing else of what was sent. */
async function bare({ dir }: GatewayProcess): Promise<void> {
  const folder = path.join(dir, 'store/photos');
  const kept = readdirSync(folder);
  expect(kept).toHaveLength(1);
  const bytes = readFileSync(path.join(folder, kept[0] ?? ''));
  const { format, width, height, exif, xmp, icc, iptc, orientation } =
    await sharp(bytes).metadata();
  expect({ format, exif, xmp, icc, iptc, orientation }).toEqual({ format: 'jpeg' });
  expect(Math.max(width, height)).toBeLessThanOrEqual(1600);
  // Turned as it was held.
  expect(height).toBeGreaterThan(width);
  expect(bytes.includes('Secret Camera')).toBe(false);
}

/** Those who work there, each with a session of their own, over the API. */
async function crew({ url }: GatewayProcess) {
  const cookies = new Map<string, string>();
  const ask = (who: string, where: string, body?: object): Promise<Response> =>
    fetch(url + where, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: cookies.get(who) ?? '',
        origin: url,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const told = async (who: string, where: string, body?: object): Promise<unknown> => {
    const answer = await ask(who, where, body);
    const text = await answer.text();
    expect(answer.ok, `${where}: ${answer.status} ${text}`).toBe(true);
    return JSON.parse(text);
  };
  const enter = async (who: string, where: string, body: object): Promise<void> => {
    const answer = await ask('', where, body);
    expect(answer.ok).toBe(true);
    cookies.set(who, answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '');
  };
  await enter('chen', '/api/v1/first-person', { id: 'chen', name: '陈', password: PASSWORD });
  for (const person of PEOPLE) {
    await told('chen', '/api/v1/people', { ...person, password: PASSWORD });
    await enter(person.id, '/api/v1/session', { name: person.id, password: PASSWORD });
  }
  return {
    async ticket(): Promise<string> {
      const [only] = (await told('li', '/api/v1/tickets')) as { id: string }[];
      return only?.id ?? '';
    },
    cookie: (who: string): readonly [string, string] => {
      const [name = '', value = ''] = (cookies.get(who) ?? '').split('=');
      return [name, value];
    },
    read: (id: string) => told('chen', `/api/v1/tickets/${id}`),
    act: (who: string, id: string, verb: string, body: object) =>
      told(who, `/api/v1/tickets/${id}/${verb}`, body),
    /** Does it where it may be done now. */
    may: async (who: string, id: string, verb: string, body: object) =>
      (await ask(who, `/api/v1/tickets/${id}/${verb}`, body)).ok,
  };
}
