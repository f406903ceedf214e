// Hostile words in every field, and every page of every screen in a real Chromium: they are seen as the
// words they are. Nothing of them runs, becomes an element, asks a question, makes a page wider than a
// telephone or turns the direction of words that stand beside them.
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../dashboards/browser.ts';
import { has, ROOT } from '../tools.ts';
import { deeds, type Deeds } from './hostile-deeds.ts';
import { look, NOTHING, telephone } from './hostile-page.ts';
import { people, yardProcess } from './hostile-yard.ts';

const hasScreens = existsSync(`${ROOT}/dist/dashboards/index.html`);

/** Of a name, a title, what was written at length; seen on the pages as they stand here. */
const [NAMED, TITLED, SAID] = ['**b** @all', '[x](javascript:alert(1))', '"\'><svg/onload='];

type Pages = readonly (readonly [where: string, seen: string])[];
const DESK = ({ alarm, walked }: Deeds): Pages => [
  ['/engineer', TITLED],
  [`/engineer/tickets/${walked}`, SAID],
  ['/engineer/alarms', NAMED],
  [`/engineer/alarms/${alarm}`, SAID],
  ['/engineer/notices', NAMED],
  ['/engineer/intake', '<img'],
  ['/engineer/rehearsal', NAMED],
  ['/engineer/round', NAMED],
  ['/engineer/assets/b1', SAID],
];
const HOUSE = ({ day }: Deeds): Pages => [
  ['/manager', TITLED],
  ['/manager/problems', TITLED],
  ['/manager/meeting', TITLED],
  ['/manager/board', SAID],
  ['/manager/windows', NAMED],
  ['/manager/corrections', TITLED],
  [`/manager/day/${day}`, TITLED],
  ['/people', NAMED],
  ['/people/displays', NAMED],
  ['/me', NAMED],
  ['/labels', NAMED],
  ['/', NAMED],
  ['/signin', '<img'],
];
const STREET = ({ round, follow }: Deeds): Pages => [
  ['/patrol', NAMED],
  [`/patrol/round/${round}`, SAID],
  ['/patrol/at/k1', NAMED],
  ['/kiosk/k1', '<img'],
  ['/r/k1', SAID],
  ['/r/k1?lang=en', SAID],
  [follow, SAID],
  [`${follow}?lang=en`, SAID],
];

describe.skipIf(!has('chromium') || !hasScreens)('hostile words in every field', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('are words on every page', async () => {
    const gateway = await yardProcess();
    const who = await people(gateway);
    const done = await deeds(gateway, who);
    const { page, complaints } = await telephone(browser, { url: gateway.url, ...who.manager });
    for (const [where, seen] of [...DESK(done), ...HOUSE(done), ...STREET(done)]) {
      await page.goto(gateway.url + where);
      await page.getByText(seen).first().waitFor();
      expect.soft({ where, ...(await look(page)) }).toEqual({ where, ...NOTHING });
    }
    expect(complaints).toEqual([]);
    await gateway.stop();
  }, 120_000);
});
