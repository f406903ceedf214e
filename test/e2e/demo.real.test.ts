// What a visitor of the demo sees, with everything real: two processes, a pseudo-terminal, MQTT,
// SQLite, and a Chromium that looks at the screens.
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Page } from 'playwright-core';
import type {
  AlarmView,
  AssetView,
  IntakeView,
  SessionView,
  TicketView,
} from '../../gateway/api/schemas.ts';
import { launch, open } from '../dashboards/browser.ts';
import { has, ROOT, temporaryFolder, until } from '../tools.ts';
import { courtyard } from '../cli/command.ts';
import { demoProcess, isAlive, type DemoProcess } from './demo-process.ts';

const ALL_ALARMS = '/api/v1/alarms?state=all';
const ALL_TICKETS = '/api/v1/tickets?state=all';
const hasScreens = existsSync(`${ROOT}/dist/dashboards/index.html`);

describe('the demo', () => {
  it('says where everything is, who may use it, where its state is, and how to stop it', async () => {
    const dir = temporaryFolder();
    const demo = await demoProcess(dir);
    expect(demo.output()).toMatch(/start page +http:\/\/127\.0\.0\.1:\d+\//);
    expect(demo.output()).toMatch(/kiosk +http:\/\/127\.0\.0\.1:\d+\/kiosk\/k1 +1号投放点/);
    expect(demo.output()).toMatch(/engineer +http:\/\/127\.0\.0\.1:\d+\/engineer/);
    expect(demo.output()).toMatch(/MQTT +mqtt:\/\/127\.0\.0\.1:\d+/);
    expect(demo.output()).toMatch(/accounts +admin, manager, engineer, cleaner/);
    expect(demo.output()).toMatch(new RegExp(`state +${dir}`));
    expect(demo.output()).toContain('Ctrl-C stops it.');
    await until('both ways are heard', async () => (await sources(demo)).every(isHeard));
    expect(demo.output()).not.toMatch(/"level":"(?:warn|error|fatal)"/);
  });

  it('lets in whoever is on this machine as the engineer, and each of its people as who they are', async () => {
    const demo = await demoProcess(temporaryFolder());
    const visitor = await demo.get<SessionView>('/api/v1/session');
    expect(visitor).toMatchObject({ state: 'visitor', role: 'engineer' });
    const [, password = ''] = /with the password: (.+)$/m.exec(demo.output()) ?? [];
    const entered = await fetch(`${demo.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'manager', password }),
    });
    expect(await entered.json()).toMatchObject({ state: 'person', role: 'manager' });
  });

  it('makes one alarm and one ticket of a circuit that dies', async () => {
    const demo = await demoProcess(temporaryFolder());
    await until('its lamps are lit', async () =>
      (await lampsOf(demo, 'c2')).every((lamp) => watts(lamp) > 1),
    );
    const lamps = (await lampsOf(demo, 'c2')).map(({ id }) => id);
    await demo.sim('do', 'circuit-dies');
    const onIt = async () =>
      (await demo.get<AlarmView[]>(ALL_ALARMS)).filter(
        ({ asset }) => asset === 'c2' || lamps.includes(asset),
      );
    await until('an alarm is raised', async () => (await onIt()).length > 0, 60_000);
    const [alarm] = await onIt();
    const isLongDark = (lamp: AssetView): boolean =>
      watts(lamp) < 1 && heardAt(lamp) - Date.parse(alarm?.raisedAt ?? '') > 35_000;
    await until(
      'its lamps are dark for longer than any rule holds',
      async () => (await lampsOf(demo, 'c2')).every(isLongDark),
      60_000,
    );
    expect(await onIt()).toMatchObject([{ rule: 'circuit-down', asset: 'c2' }]);
    expect((await onIt())[0]?.inside.toSorted()).toEqual(lamps.toSorted());
    const tickets = await demo.get<TicketView[]>(ALL_TICKETS);
    expect(tickets.filter(({ alarms }) => alarms.includes(alarm?.id ?? ''))).toMatchObject([
      { category: 'electricity', state: 'raised' },
    ]);
    expect(tickets.filter(({ asset }) => lamps.includes(asset ?? ''))).toEqual([]);
  });

  it('ends both processes on Ctrl-C, and has its tickets still when started again', async () => {
    const dir = temporaryFolder();
    const demo = await demoProcess(dir);
    await demo.sim('fill', 'k1-haz', '1');
    await until('a ticket', async () => (await ticketsOn(demo, 'k1-haz')).length > 0, 40_000);
    const before = await ticketsOn(demo, 'k1-haz');
    const children = demo.children();
    expect(children.length).toBe(1);
    expect(await demo.interrupt()).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
    expect(demo.output()).toContain('Stopped.');

    const again = await demoProcess(dir);
    expect(await ticketsOn(again, 'k1-haz')).toEqual(before);
  });

  it('takes its simulator along when it is killed, and starts again beside what is left', async () => {
    const dir = temporaryFolder();
    const demo = await demoProcess(dir);
    const children = demo.children();
    await demo.kill();
    await until('the simulator is gone', () => !children.some(isAlive));
    const again = await demoProcess(dir);
    await until('both ways are heard', async () => (await sources(again)).every(isHeard));
  });

  it.each(['--port', '--mqtt-port'])('says in one sentence that a %s is taken', async (flag) => {
    const port = await takenPort();
    const ports = ['--port', '0', '--mqtt-port', '0', flag, `${port}`];
    const { code, err } = await courtyard(['demo', '--dir', temporaryFolder(), ...ports]);
    expect(code).toBe(1);
    const said = err.split('\n').filter((line) => line.startsWith('courtyard'));
    expect(said).toEqual([
      `courtyard demo: another program holds port ${port}; choose another with ${flag}, or ${flag} 0 for any free one`,
    ]);
    expect(err).not.toMatch(/ {4}at /);
  });

  it('says which scenario it does not know, and is wrong usage', async () => {
    const ports = ['--port', '0', '--mqtt-port', '0', '--scenario', 'earthquake'];
    const { code, err } = await courtyard(['demo', '--dir', temporaryFolder(), ...ports]);
    expect(code).toBe(2);
    expect(err).toContain('there is no scenario earthquake; there are quiet-day, overflow');
  });
});

describe.runIf(has('chromium') && hasScreens)('the demo’s screens', () => {
  it('show what came over the pseudo-terminal and what came over MQTT, with its age', async () => {
    const demo = await demoProcess(temporaryFolder());
    await demo.sim('fill', 'k1-haz', '0.5');
    await demo.sim('fill', 'k2-dry', '0.4');
    const k1 = await look(demo, '/kiosk/k1');
    await reads(k1, '[data-bin="k1-haz"] [data-quantity="fill"]', /50 %\s+(?:刚刚|\d+秒前)/);
    await reads(k1, '[data-bin="k1-haz"] [data-quantity="net"]', /\d kg\s+(?:刚刚|\d+秒前)/);
    await reads(k1, '.simulated', /模拟数据/);
    const k2 = await look(demo, '/kiosk/k2');
    await reads(k2, '[data-bin="k2-dry"] [data-quantity="fill"]', /4[05] %\s+(?:刚刚|\d+秒前)/);
    await reads(k2, '.simulated', /模拟数据/);
    const { devices } = await demo.get<IntakeView>('/api/v1/intake');
    const wayOf = (id: string) => devices.find((device) => device.id === id)?.source;
    expect([wayOf('k1'), wayOf('k2-dry')]).toEqual(['bins-line', 'broker']);
  });

  it('show 满 and open a ticket when a bin overflows', async () => {
    const demo = await demoProcess(temporaryFolder());
    const [kiosk, engineer] = [await look(demo, '/kiosk/k1'), await look(demo, '/engineer')];
    await demo.sim('do', 'overflow');
    await reads(kiosk, '[data-bin="k1-wet"].tile--full .tile__word', /满/, 90_000);
    await until('a ticket', async () => (await ticketsOn(demo, 'k1-wet')).length > 0, 30_000);
    const [ticket] = await ticketsOn(demo, 'k1-wet');
    expect(ticket).toMatchObject({ category: 'bin-full', team: 'cleaners', state: 'raised' });
    await reads(engineer, `a.row[href*="${ticket?.id}"]`, new RegExp(`工单 ${ticket?.number}`));
  });

  it('show a pulled cable, one alarm for it, none for the silence behind it, and fresh values after', async () => {
    const demo = await demoProcess(temporaryFolder());
    const engineer = await look(demo, '/engineer');
    await until('the line is heard', async () => isHeard(await line(demo)));
    await demo.sim('do', 'cable-pulled');
    await until('the API says so', async () => (await line(demo)).state === 'down');
    await reads(engineer, '[data-source="bins-line"]', /已断开/);
    await until('an alarm', async () => (await alarmsOf(demo, 'port-lost')).length > 0, 30_000);
    await until('it is back', async () => (await line(demo)).state === 'up', 60_000);
    const back = Date.now();
    await reads(engineer, '[data-source="bins-line"]', /正常/);
    await until('every value behind it is fresh', async () => {
      const assets = await demo.get<AssetView[]>('/api/v1/assets');
      return assets.filter(isBehindTheLine).every((asset) => heardAt(asset) > back);
    });
    await until('the alarm clears', async () =>
      (await alarmsOf(demo, 'port-lost')).every(({ clearedAt }) => clearedAt !== undefined),
    );
    expect(await alarmsOf(demo, 'port-lost')).toMatchObject([{ asset: 'bins-line' }]);
    expect(await alarmsOf(demo, 'sensor-silent')).toEqual([]);
  });
});

async function look(demo: DemoProcess, where: string): Promise<Page> {
  const browser = await launch();
  const { page, complaints } = await open(browser, demo.url + where, { width: 1280, height: 800 });
  onTestFinished(async () => {
    await browser.close();
    expect(complaints).toEqual([]);
  });
  return page;
}

function reads(page: Page, selector: string, words: RegExp, withinMs = 20_000): Promise<void> {
  return until(
    `${selector} reads ${words}`,
    async () => {
      const shown = page.locator(selector).first();
      return (
        (await shown.count()) > 0 && words.test((await shown.innerText()).replaceAll('\u00a0', ' '))
      );
    },
    withinMs,
  );
}

async function takenPort(): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

type SourceCounts = IntakeView['sources'][number];

const sources = async (demo: DemoProcess): Promise<SourceCounts[]> =>
  (await demo.get<IntakeView>('/api/v1/intake')).sources;

const isHeard = ({ state, stored }: SourceCounts): boolean => state === 'up' && stored > 0;

async function line(demo: DemoProcess): Promise<SourceCounts> {
  const found = (await sources(demo)).find(({ id }) => id === 'bins-line');
  if (!found) throw new Error('the demo has a serial line');
  return found;
}

const alarmsOf = async (demo: DemoProcess, rule: string): Promise<AlarmView[]> =>
  (await demo.get<AlarmView[]>(ALL_ALARMS)).filter((alarm) => alarm.rule === rule);

const ticketsOn = async (demo: DemoProcess, asset: string): Promise<TicketView[]> =>
  (await demo.get<TicketView[]>(ALL_TICKETS)).filter((ticket) => ticket.asset === asset);

const lampsOf = async (demo: DemoProcess, circuit: string): Promise<AssetView[]> =>
  (await demo.get<AssetView[]>('/api/v1/assets?kind=lamp')).filter(
    (lamp) => lamp.circuit === circuit,
  );

const isBehindTheLine = ({ station, circuit }: AssetView): boolean =>
  station === 'k1' || circuit === 'c2';
const watts = ({ latest }: AssetView): number => latest['power']?.value ?? 0;
const heardAt = ({ latest }: AssetView): number =>
  Math.max(0, ...Object.values(latest).map(({ observedAt }) => Date.parse(observedAt)));
