// Coming in, the people, and the stations' screens in a real Chromium, over the real HTTP face and the
// house's own accounts with passwords that cost next to nothing.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { milliseconds } from '../../gateway/domain/time.ts';
import { handAccounts } from '../fakes/hand-accounts.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { has, until } from '../tools.ts';
import { seriousViolations } from './axe.ts';
import { launch, open, type Look } from './browser.ts';
import { withRisingFill } from './compound.ts';
import { startFixture } from './fixture.ts';

const PHONE: Look = { width: 390, height: 844 };
const DESK: Look = { width: 1440, height: 900 };
const WALL: Look = { width: 1920, height: 1080 };
const ADMIN = { id: 'wang.li', name: '王丽', password: 'nine lives of cats' };
const ENGINEER = {
  id: 'li.wei',
  name: '李伟',
  role: 'engineer',
  teams: ['engineers'],
  password: 'forty two lamps',
};
/** What a browser writes down of an answer that the page itself deals with. */
const EXPECTED = /status of (?:401|403|404|409|422|429)/;

describe.skipIf(!has('chromium'))('the people of a compound', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  /** A gateway without people; its clock for guessed passwords moves only by hand. */
  async function house() {
    let waited = 0;
    const accounts = handAccounts({
      clock: handClock('2026-11-20T10:30:00Z'),
      steady: () => milliseconds(waited),
      stations: new Set(['k1', 'k2', 'k3']),
    });
    const fixture = await startFixture({
      desk: (desk) => ({ ...withRisingFill(desk), ...accounts }),
    });
    onTestFinished(() => fixture.stop());
    async function see(address: string, look = PHONE) {
      const { page, complaints } = await open(browser, fixture.url + address, look);
      onTestFinished(async () => {
        await page.context().close();
        expect(complaints.filter((words) => !EXPECTED.test(words))).toEqual([]);
      });
      return page;
    }
    /** As the page itself would ask, with its cookies. */
    async function ask(page: Page, path: string, data: object = {}) {
      const answer = await page.request.post(fixture.url + path, { data });
      expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
      return answer;
    }
    return { fixture, accounts, see, ask, wait: (ms: number) => void (waited += ms) };
  }

  /** A house with an administrator and an engineer, and a page on which one of them is signed in. */
  async function peopled(who: 'admin' | 'engineer' | 'nobody', look = PHONE) {
    const parts = await house();
    const page = await parts.see('/signin', look);
    await parts.ask(page, '/api/v1/first-person', ADMIN);
    await parts.ask(page, '/api/v1/people', ENGINEER);
    if (who !== 'admin') await page.context().clearCookies();
    const { id: name, password } = ENGINEER;
    if (who === 'engineer') await parts.ask(page, '/api/v1/session', { name, password });
    const go = (address: string) => page.goto(parts.fixture.url + address);
    return { ...parts, page, go };
  }

  const pathOf = (page: Page): string => new URL(page.url()).pathname;
  const comesTo = (page: Page, path: string) =>
    until(`the page is ${path}`, async () => pathOf(page) === path);
  const reads = (page: Page, selector: string, words: string | RegExp) =>
    until(`${selector} reads ${words}`, async () => {
      const found = page.locator(selector).first();
      return (await found.count()) > 0 && (await found.innerText()).search(words) >= 0;
    });

  async function signIn(page: Page, name: string, password: string): Promise<void> {
    await page.getByLabel('用户名').fill(name);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
  }

  it('begin with an administrator, who adds an engineer, who comes in and sees the desk', async () => {
    const { see } = await house();
    const page = await see('/');
    await page.getByRole('link', { name: /第一次使用/ }).click();
    await comesTo(page, '/signin');
    const make = page.getByRole('button', { name: '创建管理员' });
    await page.getByLabel('用户名').fill(ADMIN.id);
    await page.getByLabel('姓名').fill(ADMIN.name);
    await page.getByLabel('密码', { exact: true }).fill(ADMIN.password);
    await page.getByLabel('再输一次密码').fill('something else');
    expect(await make.isDisabled()).toBe(true);
    await page.getByLabel('再输一次密码').fill(ADMIN.password);
    await make.click();
    await comesTo(page, '/');
    await reads(page, '.account', /王丽\s*管理员/);

    await page.getByRole('link', { name: /^人员/ }).click();
    await page.getByRole('button', { name: '添加人员' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('用户名').fill(ENGINEER.id);
    await form.getByLabel('姓名').fill(ENGINEER.name);
    await page.getByLabel('工程', { exact: true }).check();
    await page.getByRole('button', { name: '添加时段' }).click();
    await form.getByLabel('密码 · 可以以后再设').fill(ENGINEER.password);
    await form.getByLabel('再输一次密码').fill(ENGINEER.password);
    await page.getByRole('button', { name: '保存' }).click();
    await reads(page, '[data-person="li.wei"]', /工程师[\s\S]*周一–周五 08:00–18:00/);
    expect(await page.getByRole('dialog').count()).toBe(0);

    await page.getByRole('button', { name: '退出登录' }).click();
    await comesTo(page, '/signin');
    expect(await page.evaluate('localStorage.getItem("courtyard.snapshot.1")')).toBe(null);
    await signIn(page, ENGINEER.id, ENGINEER.password);
    await comesTo(page, '/');
    await page.getByRole('link', { name: /工程师工作台/ }).click();
    await reads(page, '.row', '厨余垃圾桶 桶满');
    await reads(page, '.account', /李伟\s*工程师/);
  });

  it('come back to where they were going', async () => {
    const { page, go } = await peopled('nobody');
    await go('/engineer/tickets/ticket-1');
    await comesTo(page, '/signin');
    await signIn(page, ENGINEER.id, ENGINEER.password);
    await comesTo(page, '/engineer/tickets/ticket-1');
    await reads(page, '.detail', '桶满');
  });

  it('go nowhere else, whatever the address says', async () => {
    const { page, go } = await peopled('nobody');
    await go('/signin?to=//evil.example/');
    await signIn(page, ENGINEER.id, ENGINEER.password);
    await comesTo(page, '/');
  });

  it('are told of a wrong password, wait out the seconds, and come in', async () => {
    const { page, go, wait, fixture } = await peopled('nobody');
    await page.clock.install();
    await go('/signin');
    await signIn(page, ENGINEER.id, 'not this one');
    await reads(page, '[data-notice="wrong"]', '用户名或密码不对');
    for (const secondsBefore of [1, 2, 4, 8, 16]) {
      wait(secondsBefore * 1000);
      const data = { name: ENGINEER.id, password: 'nor this one' };
      await page.request.post(`${fixture.url}/api/v1/session`, { data });
    }
    await signIn(page, ENGINEER.id, ENGINEER.password);
    await reads(page, '[data-notice="locked"]', /试错次数太多，请 \d+秒后再试/);
    const send = page.getByRole('button', { name: '登录', exact: true });
    expect(await send.isDisabled()).toBe(true);
    await page.clock.fastForward(32_000);
    await reads(page, '[data-notice="locked"]', '现在可以再试了');
    wait(32_000);
    await send.click();
    await comesTo(page, '/');
  });

  it('who are shut out while a page stands open are told so, on that page', async () => {
    const { page, go, accounts } = await peopled('engineer');
    await go('/engineer');
    await reads(page, '.row', '桶满');
    await accounts.setPersonState({
      id: ENGINEER.id,
      state: 'disabled',
      actor: { by: ADMIN.id, role: 'admin' },
    });
    await page.locator('.session-over').waitFor();
    expect(pathOf(page)).toBe('/engineer');
    await reads(page, '.session-over', '登录已失效');
    await page.getByRole('link', { name: '重新登录' }).click();
    await comesTo(page, '/signin');
  });

  it('are told which roles a page is for, where it is not for theirs', async () => {
    const { page, go } = await peopled('engineer');
    await go('/people');
    await reads(page, 'main', '需要：经理、管理员。你是工程师。');
    expect(await page.locator('.person').count()).toBe(0);
    await go('/?lang=en');
    await page.locator('.start__link').first().waitFor();
    await until('who is here is known', async () => (await page.locator('.account').count()) === 1);
    expect(await page.getByRole('link', { name: /^People/ }).count()).toBe(0);
  });

  it('are found, changed and disabled by the administrator', async () => {
    const { page, go } = await peopled('admin', DESK);
    await go('/people');
    await page.getByRole('button', { name: '修改: 李伟' }).click();
    await page.getByLabel('负责的楼栋').fill('b1，b2');
    await page.getByLabel('上一级').selectOption(ADMIN.id);
    await page.getByRole('button', { name: '保存' }).click();
    await reads(page, '[data-person="li.wei"]', 'b1, b2');
    await page.getByRole('button', { name: '停用: 李伟' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
    await reads(page, '[data-person="li.wei"]', '停用');
    await page.getByLabel('状态').selectOption('active');
    await reads(page, '.people__count', '1 / 2 人');
    await page.getByRole('searchbox').fill('nobody of that name');
    await reads(page, '.quiet', '筛选无结果');
    await page.getByRole('button', { name: '清除筛选' }).click();
    await reads(page, '.people__count', '共 2 人');
    expect(await page.getByRole('button', { name: '停用: 王丽' }).count()).toBe(0);
  });

  it('change their own password, which ends their other sessions', async () => {
    const { page, go, fixture, ask } = await peopled('engineer');
    const elsewhere = await browser.newContext();
    onTestFinished(() => elsewhere.close());
    const { id: name, password } = ENGINEER;
    await elsewhere.request.post(`${fixture.url}/api/v1/session`, { data: { name, password } });
    await go('/me');
    await until('both', async () => (await page.locator('[data-session]').count()) === 2);
    await reads(page, '[data-session]', /Linux 上的 Chrome\s*这台设备/);
    await page.getByLabel('现在的密码').fill(password);
    await page.getByLabel('新密码').fill('sixty three lamps');
    await page.getByLabel('再输一次密码').fill('sixty three lamps');
    await page.getByRole('button', { name: '修改密码' }).click();
    await reads(page, 'form [role="status"]', '密码已修改');
    await until('one', async () => (await page.locator('[data-session]').count()) === 1);
    await page.context().clearCookies();
    await ask(page, '/api/v1/session', { name, password: 'sixty three lamps' });
  });

  it('see the key that they made once', async () => {
    const { page, go } = await peopled('admin');
    await go('/me');
    await page.getByRole('button', { name: '生成密钥' }).click();
    await page.getByLabel(/用途/).fill('报表脚本');
    await page.getByRole('dialog').getByRole('button', { name: '生成密钥' }).click();
    await reads(page, '.new-key__key', /^[\w-]{20,}$/);
    const key = await page.locator('.new-key__key').innerText();
    await page.getByRole('button', { name: '我已保存' }).click();
    await reads(page, '[data-key]', '报表脚本');
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: '撤销: 报表脚本' }).click();
    await until('gone', async () => (await page.locator('[data-key]').count()) === 0);
  });

  it('let a station’s screen in by its six digits, and put it out again', async () => {
    const { page, go, see } = await peopled('admin');
    const wall = await see('/kiosk?lang=en', WALL);
    await wall.locator('[data-pairing="shown"]').waitFor();
    const code = (await wall.locator('.pairing__code').innerText()).replace(' ', '');
    await go('/people/displays');
    await page.getByLabel(/配对码/).fill('000 000');
    await page.getByRole('button', { name: '配对', exact: true }).click();
    await reads(page, '.pair__notice', /\S/);
    await page.getByLabel(/配对码/).fill(code);
    await page.getByLabel('投放点').selectOption('k2');
    await page.getByRole('button', { name: '配对', exact: true }).click();
    await reads(page, '.pair__done', '2号投放点');
    await comesTo(wall, '/kiosk/k2');
    expect(wall.url()).toContain('lang=en');
    await wall.locator('[data-bin]').first().waitFor();

    await page.getByRole('button', { name: /^取消配对/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取消配对' }).click();
    await reads(page, '.quiet', '还没有配对的屏幕');
    await comesTo(wall, '/kiosk');
    await wall.locator('[data-pairing="shown"]').waitFor();
    expect(await wall.evaluate('localStorage.getItem("courtyard.snapshot.1")')).toBe(null);
  });

  it('find the screen waiting with a fresh code when the gateway was away', async () => {
    const { fixture, see } = await peopled('admin');
    const wall = await see('/kiosk', WALL);
    await wall.locator('[data-pairing="shown"]').waitFor();
    await fixture.stop();
    await wall.locator('[data-pairing="away"]').waitFor();
    await fixture.start();
    await wall.locator('[data-pairing="shown"]').waitFor();
  });

  it.each([
    ['/signin', 'nobody', '.door__form'],
    ['/people', 'admin', '[data-person]'],
    ['/people/displays', 'admin', '.pair'],
    ['/me', 'admin', '[data-session]'],
    ['/kiosk', 'nobody', '[data-pairing="shown"]'],
  ] as const)('%s is usable by %s and everyone, light and dark', async (address, who, part) => {
    const { page, go } = await peopled(who);
    for (const theme of ['light', 'dark']) {
      await go(`${address}?theme=${theme}`);
      await page.locator(part).first().waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      expect(await page.evaluate(SMALL_TARGETS)).toEqual([]);
    }
    // A phone whose owner reads at twice the size.
    await page.setViewportSize({ width: 195, height: 422 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('fill in forms that are usable by everyone', async () => {
    const { page, go } = await peopled('admin');
    await go('/people');
    await page.getByRole('button', { name: '添加人员' }).click();
    await page.getByRole('button', { name: '添加时段' }).click();
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate(SMALL_TARGETS)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('添加人员');
  });

  it('say how somebody is reached, and whoever keeps the roster says it for them', async () => {
    const { page, ask, go } = await peopled('admin');
    await ask(page, '/api/v1/people', { ...ENGINEER, id: 'engineer', name: '周工' });
    await go('/people?lang=en');
    const open = '[data-person="engineer"] [aria-label^="How to reach"]';
    await page.click(open);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: /E-mail/ }).check();
    await dialog.locator('input[name="to"]').fill('zhou@example.com');
    await dialog.locator('input[name="quiet-from"]').fill('22:30');
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate(SMALL_TARGETS)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await until('the dialog is gone', async () => (await dialog.count()) === 0);
    await page.click(open);
    await dialog.locator('input[name="to"]').waitFor();
    expect(await dialog.locator('input[name="to"]').inputValue()).toBe('zhou@example.com');
    expect(await dialog.locator('input[name="quiet-from"]').inputValue()).toBe('22:30');
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-person="wang.li"] [aria-label^="How to reach"]').count()).toBe(
      0,
    );
  });
});

const SMALL_TARGETS = `[...document.querySelectorAll('button, select, input:not([type=checkbox]):not(.unseen), label.choice, .tab, .link, .account__who, .pairing__link')]
  .filter((one) => one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 120))`;
