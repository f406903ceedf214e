import { describe, expect, it } from 'vitest';
import { clockOf, lamp, tell, type Story } from './told.ts';

const LAMPS = ['l1', 'l2', 'l3', 'l4', 'l5', 'l6'];
const SITE = `version: 1
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: ./unused }
sources:
  - { id: broker, kind: mqtt-broker, port: MQTT_PORT }
circuits:
  - { id: c1, name: 东路灯回路, lit: always, lamps: [${LAMPS.map((id) => `{ id: ${id}, name: ${id}, nominalW: 30 }`).join(', ')}] }
devices:
${LAMPS.map((id) => `  - { id: ${id}, source: broker, decoder: courtyard-json, asset: ${id}, every: 1m }`).join('\n')}
rules:
  - { id: lamp-out, on: lamp, should: on, holdFor: 3m, severity: medium, ticket: { category: lamp, team: engineers } }
  - { id: circuit-down, on: circuit, mostOf: lamp-out, holdFor: 30s, severity: high, ticket: { category: electricity, team: engineers } }
  - { id: silent, on: device, silentFor: 5m, holdFor: 1m, severity: low, ticket: { category: sensor, team: engineers } }
  - { id: line-lost, on: source, lostFor: 30s, severity: high, ticket: { category: gateway, team: engineers } }
`;

/** Every lamp reports once a minute, each some seconds after the one before it. */
async function minute(
  story: Story,
  hhmm: string,
  powers: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [index, id] of LAMPS.entries()) {
    const power = powers[id];
    if (power !== undefined)
      await story.at(`${hhmm}:${String(index * 8).padStart(2, '0')}`, lamp(id).draws(power));
  }
}

const all = (power: number): Record<string, number> =>
  Object.fromEntries(LAMPS.map((id) => [id, power]));

describe('the lamps of a circuit', () => {
  it('one that dies is one lamp: one alarm, one ticket', async () => {
    const story = await tell(SITE, '19:59');
    await minute(story, '20:00', all(30));
    for (const at of ['20:01', '20:02', '20:03', '20:04', '20:05'])
      await minute(story, at, { ...all(30), l3: 0 });
    expect((await story.alarms()).map(({ rule, asset }) => `${rule} ${asset}`)).toEqual([
      'lamp-out l3',
    ]);
    expect(await story.tickets()).toHaveLength(1);
  });

  it('all dead at once are one circuit: one alarm with the lamps inside, one ticket', async () => {
    const story = await tell(SITE, '19:59');
    await minute(story, '20:00', all(30));
    for (const at of ['20:01', '20:02', '20:03', '20:04', '20:05', '20:06'])
      await minute(story, at, all(0));
    const alarms = await story.alarms();
    expect(alarms.map(({ rule, asset }) => `${rule} ${asset}`)).toEqual(['circuit-down c1']);
    // l4 makes it most of six; the circuit's own hold is half a minute.
    expect(clockOf(alarms[0]!.raisedAt)).toBe('20:01:54');
    expect(alarms[0]!.inside).toEqual(LAMPS);
    expect((await story.tickets()).map(({ category, asset }) => `${category} ${asset}`)).toEqual([
      'electricity c1',
    ]);
  });

  it('lit again end the circuit’s alarm and rectify its ticket; nobody else speaks up', async () => {
    const story = await tell(SITE, '19:59');
    await minute(story, '20:00', all(30));
    for (const at of ['20:01', '20:02', '20:03']) await minute(story, at, all(0));
    for (const at of ['20:10', '20:11', '20:12', '20:13', '20:14', '20:15'])
      await minute(story, at, all(30));
    expect((await story.alarms()).map(({ rule }) => rule)).toEqual(['circuit-down']);
    expect((await story.tickets()).map(({ state }) => state)).toEqual(['rectified']);
  });

  it('whose sensors died with the power are one circuit too', async () => {
    const story = await tell(SITE, '19:59');
    await minute(story, '20:00', all(30));
    await story.at('20:30');
    expect(await story.active()).toEqual(['circuit-down c1']);
    expect(await story.tickets()).toHaveLength(1);
  });

  it('that cannot be heard because the line is lost are accused of nothing', async () => {
    const story = await tell(SITE, '19:59');
    await minute(story, '20:00', all(30));
    await story.at('20:01');
    await story.line('broker', 'down');
    await story.at('20:40');
    expect(await story.active()).toEqual(['line-lost broker']);
    await story.line('broker', 'up');
    await story.at('20:44:59');
    expect(await story.active()).toEqual([]);
    expect((await story.tickets()).map(({ category, state }) => `${category} ${state}`)).toEqual([
      'gateway closed',
    ]);
  });

  it('are not called silent because the gateway was off', async () => {
    const story = await tell(SITE, '19:59');
    await minute(story, '20:00', all(30));
    await story.offUntil('21:00');
    await story.at('21:04');
    expect(await story.active()).toEqual([]);
  });
});
