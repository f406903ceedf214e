// The power of a block fails: five hundred sensors alarm within ten seconds.
import { expect, it } from 'vitest';
import { lamp, tell, type Happening } from './told.ts';

const COUNT = 500;
const IDS = Array.from({ length: COUNT }, (_, n) => `lamp-${n}`);

const SITE = `version: 1
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: ./unused }
sources: [{ id: broker, kind: mqtt-broker, port: MQTT_PORT }]
circuits:
  - id: c1
    name: 东路灯回路
    lamps: [${IDS.map((id) => `{ id: ${id}, name: ${id}, nominalW: 30 }`).join(', ')}]
devices: [${IDS.map((id) => `{ id: ${id}, source: broker, decoder: courtyard-json, asset: ${id} }`).join(', ')}]
rules:
  - { id: low-power, on: lamp, quantity: power, below: 5, clearAbove: 20, severity: medium, ticket: { category: lamp, team: engineers } }
`;

it('is one incident for the engineers, every alarm on record and nothing lost in the log', async () => {
  const story = await tell(SITE, '21:00');
  const tenth = (second: number): Happening[] =>
    IDS.slice(second * 50, second * 50 + 50).map((id) => lamp(id).draws(0.2));
  for (let second = 0; second < 10; second += 1)
    await story.at(`21:00:0${second}`, ...tenth(second));

  const alarms = await story.alarms();
  const floods = alarms.filter(({ rule }) => rule === 'flood');
  expect(floods).toHaveLength(1);
  expect(floods[0]).toMatchObject({ asset: 'engineers', value: COUNT });
  expect(new Set(floods[0]?.inside)).toEqual(new Set(IDS));
  expect(
    new Set(alarms.filter(({ rule }) => rule === 'low-power').map(({ asset }) => asset)),
  ).toEqual(new Set(IDS));
  const open = (await story.tickets()).filter(({ state }) => state !== 'merged');
  expect(open.map(({ id }) => id)).toEqual([floods[0]?.ticket]);
  expect(new Set(open[0]?.alarms).size).toBe(COUNT + 1);

  const records = await story.store.log.readAfter(0, 10_000);
  const heard = records.flatMap((record) => (record.kind === 'reading' ? [record.asset] : []));
  expect(new Set(heard)).toEqual(new Set(IDS));

  await story.offUntil('21:05');
  await story.at('21:11');
  const after = await story.alarms();
  expect(after.filter(({ rule }) => rule === 'flood').map((alarm) => 'clearedAt' in alarm)).toEqual(
    [true],
  );
  expect(after).toHaveLength(COUNT + 1);
});
