import { describe, expect, it } from 'vitest';
import type { RehearsalView } from '../../gateway/api/schemas.ts';
import { bin, clockOf, tell, type Story } from './told.ts';

const RULE = {
  id: 'bin-full',
  on: 'bin',
  quantity: 'fill',
  above: 0.9,
  clearBelow: 0.7,
  holdFor: '10m',
  severity: 'medium',
  ticket: { category: 'bin-full', team: 'cleaners' },
};
const SITE = `version: 1
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: ./unused }
sources: [{ id: broker, kind: mqtt-broker, port: MQTT_PORT }]
stations:
  - id: k1
    name: 1号投放点
    bins: [{ id: k1-wet, stream: wet, position: 1, emptyMm: 1000, fullMm: 200, tareKg: 14.2 }]
devices: [{ id: k1-wet, source: broker, decoder: courtyard-json, asset: k1-wet }]
rules:
  - ${JSON.stringify(RULE)}
  - { id: silent, on: device, silentFor: 90m, severity: low }
`;

/** Two short overflows, a long one across two hours in which the gateway is off, and a silence. */
async function aDay(): Promise<Story> {
  const story = await tell(SITE);
  await story.at('10:00', bin('k1-wet').reads(0.92));
  await story.at('10:12', bin('k1-wet').reads(0.2));
  await story.at('10:20', bin('k1-wet').reads(0.92));
  await story.at('10:32', bin('k1-wet').reads(0.2));
  await story.at('11:00', bin('k1-wet').reads(0.95));
  await story.at('11:05');
  await story.offUntil('13:05');
  await story.at('13:06', bin('k1-wet').reads(0.95));
  await story.at('13:40', bin('k1-wet').reads(0.2));
  await story.at('16:00');
  return story;
}

async function rehearsed(story: Story, rule: object): Promise<RehearsalView> {
  const { signal } = new AbortController();
  const answer = await story.desk().rehearse({ rule, signal });
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value;
}

const inShort = (alarms: RehearsalView['real']['alarms']): string[] =>
  alarms.map(({ rule, raisedAt, clearedAt }) =>
    [rule, raisedAt, clearedAt ?? '']
      .map((word) => (word.endsWith('Z') ? time(word) : word))
      .join(' '),
  );
const time = (iso: string): string => clockOf(Date.parse(iso) as Parameters<typeof clockOf>[0]);

describe('a rule that wakes people too often', () => {
  it('is tried with a longer hold on the same day, beside what it really did', async () => {
    const story = await aDay();
    const { before, after, real, rules } = await rehearsed(story, { ...RULE, holdFor: '20m' });
    expect(inShort(real.alarms)).toEqual([
      'bin-full 10:10:00 10:12:00',
      'bin-full 10:30:00 10:32:00',
      'bin-full 13:10:00 13:40:00',
      'silent 15:10:00 ',
    ]);
    expect(inShort(before.alarms)).toEqual(inShort(real.alarms));
    expect(inShort(after.alarms)).toEqual(['bin-full 13:20:00 13:40:00', 'silent 15:10:00 ']);
    expect(rules.map(({ rule, after }) => [rule, after.alarms])).toEqual([
      ['bin-full', 1],
      ['silent', 1],
    ]);
  });

  it('goes on as it is, until the site file says otherwise', async () => {
    const story = await aDay();
    const { tickets, alarms } = { tickets: await story.tickets(), alarms: await story.alarms() };
    await rehearsed(story, { ...RULE, above: 0.1, clearBelow: 0.05, holdFor: '1m' });
    await story.settle();
    expect(await story.tickets()).toEqual(tickets);
    expect(await story.alarms()).toEqual(alarms);
    await story.at('16:10', bin('k1-wet').reads(0.5));
    await story.at('16:30');
    expect((await story.alarms()).filter(({ rule }) => rule === 'bin-full')).toHaveLength(3);
  });
});
