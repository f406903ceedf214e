// What becomes of one bin's alarm through the whole house: wobble, shelf, restarts inside every delay.
import { describe, expect, it } from 'vitest';
import { bin, clockOf, tell, type Story } from './told.ts';

const site = (more: string): string => `version: 1
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
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, ${more} severity: medium, ticket: { category: bin-full, team: cleaners } }
`;

const ENGINEER = { by: 'wang', role: 'engineer' };
const states = async (story: Story): Promise<string[]> =>
  (await story.alarms()).map(({ state }) => state);

describe('a bin whose echo wobbles each minute between full and empty', () => {
  it('is one alarm and one ticket where its rule has an off-delay', async () => {
    const story = await tell(site('clearFor: 5m,'));
    await story.at('10:00', bin('k1-wet').reads(0.95));
    for (let minute = 10; minute < 50; minute += 1)
      await story.at(`10:${minute}`, bin('k1-wet').reads(minute % 2 === 0 ? 0.05 : 0.95));
    expect(await states(story)).toEqual(['active-unacknowledged']);
    expect(await story.tickets()).toHaveLength(1);
    await story.at('10:50', bin('k1-wet').reads(0.05));
    await story.at('10:55');
    expect((await story.alarms()).map(({ clearedAt }) => clearedAt && clockOf(clearedAt))).toEqual([
      '10:55:00',
    ]);
  });
});

describe('an alarm on a shelf', () => {
  const shelve = (story: Story, hours: number) =>
    story.desk().alarmAction({
      id: 'A1',
      action: 'shelve',
      body: {
        reason: '换桶',
        until: new Date(story.clock.now() + hours * 3_600_000).toISOString(),
      },
      actor: ENGINEER,
    });

  it('asks again when the shelf ends, also across a restart, and never lies there too long', async () => {
    const story = await tell(site(''));
    await story.at('10:00', bin('k1-wet').reads(0.95));
    expect(await shelve(story, 25)).toMatchObject({ ok: false, status: 422 });
    expect(await shelve(story, 2)).toMatchObject({ ok: true, value: { state: 'shelved' } });
    await story.offUntil('11:00');
    await story.at('11:59:59');
    expect(await states(story)).toEqual(['shelved']);
    await story.at('12:00');
    expect(await states(story)).toEqual(['active-unacknowledged']);
  });

  it('is over when the shelf ends where the crew had come meanwhile', async () => {
    const story = await tell(site(''));
    await story.at('10:00', bin('k1-wet').reads(0.95));
    await shelve(story, 2);
    await story.at('11:00', bin('k1-wet').reads(0.05));
    expect((await story.tickets()).map(({ state }) => state)).toEqual(['closed']);
    await story.at('12:00');
    expect(await states(story)).toEqual(['normal']);
  });
});

describe('a restart of an hour', () => {
  it('inside the hold lengthens it by an hour', async () => {
    const story = await tell(site('holdFor: 10m,'));
    await story.at('10:00', bin('k1-wet').reads(0.95));
    await story.at('10:04', bin('k1-wet').reads(0.95));
    await story.offUntil('11:04');
    await story.at('11:09:59');
    expect(await story.alarms()).toEqual([]);
    await story.at('11:10');
    expect(await story.alarms()).toHaveLength(1);
  });

  it('inside the off-delay lengthens it by an hour', async () => {
    const story = await tell(site('clearFor: 10m,'));
    await story.at('10:00', bin('k1-wet').reads(0.95));
    await story.at('10:20', bin('k1-wet').reads(0.05));
    await story.at('10:24', bin('k1-wet').reads(0.05));
    await story.offUntil('11:24');
    await story.at('11:29:59');
    expect(await states(story)).toEqual(['active-unacknowledged']);
    await story.at('11:30');
    expect(await states(story)).toEqual(['returned-unacknowledged']);
  });

  it('inside the wait for a re-alarm changes nothing of its moment', async () => {
    const story = await tell(site('reAlarmAfter: 2h,'));
    await story.at('10:00', bin('k1-wet').reads(0.95));
    await story.desk().alarmAction({ id: 'A1', action: 'acknowledge', body: {}, actor: ENGINEER });
    await story.offUntil('11:00');
    await story.at('11:59:59');
    expect(await states(story)).toEqual(['active-acknowledged']);
    await story.at('12:00');
    expect(await states(story)).toEqual(['active-unacknowledged']);
  });

  it('inside people’s work forgets neither the work nor its end', async () => {
    const story = await tell(site('holdFor: 10m,'));
    await story.desk().assetAction({
      id: 'k1-wet',
      action: 'maintain',
      body: { reason: '换桶', until: '2026-06-01T12:00:00+08:00' },
      actor: ENGINEER,
    });
    expect(story.desk().maintenance()).toMatchObject([{ asset: 'k1-wet', reason: '换桶' }]);
    await story.at('10:00', bin('k1-wet').reads(0.95));
    await story.offUntil('11:00');
    await story.at('12:00');
    expect(await story.alarms()).toEqual([]);
    await story.at('12:10');
    expect(await story.alarms()).toHaveLength(1);
    expect(story.desk().maintenance()).toEqual([]);
  });
});
