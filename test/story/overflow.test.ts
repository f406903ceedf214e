import { describe, expect, it } from 'vitest';
import { bin, clockOf, tell } from './told.ts';

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
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 10m, severity: medium, ticket: { category: bin-full, team: cleaners } }
`;

describe('a bin that overflows', () => {
  it('raises one alarm and opens one ticket when its hold is over, and not before', async () => {
    const story = await tell(SITE);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    await story.at('10:05', bin('k1-wet').reads(0.95));
    await story.at('10:09:59.999');
    expect(await story.alarms()).toEqual([]);
    await story.at('10:10');
    const [alarm, ...others] = await story.alarms();
    expect(others).toEqual([]);
    expect([alarm?.rule, alarm?.asset, alarm?.state, clockOf(alarm!.raisedAt)]).toEqual([
      'bin-full',
      'k1-wet',
      'active-unacknowledged',
      '10:10:00',
    ]);
    const [ticket, ...more] = await story.tickets();
    expect(more).toEqual([]);
    expect(ticket).toMatchObject({
      category: 'bin-full',
      team: 'cleaners',
      state: 'raised',
      route: 'short',
      alarms: [alarm!.id],
    });
    expect(alarm!.ticket).toBe(ticket!.id);
  });

  it('says nothing when it was full only for nine minutes', async () => {
    const story = await tell(SITE);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    await story.at('10:09', bin('k1-wet').reads(0.88));
    await story.at('10:30', bin('k1-wet').reads(0.88));
    expect(await story.alarms()).toEqual([]);
  });

  it('opens no second ticket while it wobbles about its limit', async () => {
    const story = await tell(SITE);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    for (let minute = 11; minute < 60; minute += 1) {
      await story.at(`10:${minute}`, bin('k1-wet').reads(minute % 2 === 0 ? 0.93 : 0.87));
    }
    expect(await story.alarms()).toHaveLength(1);
    expect(await story.tickets()).toHaveLength(1);
  });

  it('is cleared by the crew that empties it, and its ticket closes by the sensor’s word', async () => {
    const story = await tell(SITE);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    await story.at('10:20', bin('k1-wet').reads(0.96));
    await story.at('11:00', bin('k1-wet').reads(0.02));
    const [alarm] = await story.alarms();
    expect([alarm?.state, clockOf(alarm!.clearedAt!)]).toEqual([
      'returned-unacknowledged',
      '11:00:00',
    ]);
    const [ticket] = await story.tickets();
    expect(ticket?.state).toBe('closed');
    expect(ticket?.history.map(({ action, role, to }) => `${action} by ${role}: ${to}`)).toEqual([
      'raise by sensor: raised',
      'rectify by sensor: rectified',
      'verify by sensor: closed',
    ]);
  });

  it('keeps its ticket from being talked closed while it is still full', async () => {
    const story = await tell(SITE);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    await story.at('10:15', bin('k1-wet').reads(0.93));
    const actor = { by: 'local', role: 'engineer' };
    const answer = await story
      .desk()
      .ticketAction({ id: 'T1', action: 'rectify', body: { note: '已清运' }, actor });
    expect(answer).toMatchObject({ ok: true, value: { state: 'rectified' } });
    await story.at('10:30', bin('k1-wet').reads(0.94));
    expect((await story.tickets())[0]?.state).toBe('rectified');
    await story.at('10:40', bin('k1-wet').reads(0.1));
    expect((await story.tickets())[0]?.state).toBe('closed');
  });

  it('has its hold go on where it stood when the gateway was off for an hour', async () => {
    const story = await tell(SITE);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    await story.at('10:04', bin('k1-wet').reads(0.92));
    await story.offUntil('11:04');
    await story.at('11:09:59', bin('k1-wet').reads(0.93));
    expect(await story.alarms()).toEqual([]);
    await story.at('11:10:01');
    expect((await story.alarms()).map((alarm) => clockOf(alarm.raisedAt))).toEqual(['11:10:00']);
  });

  it('full again tomorrow is a new alarm and a new ticket', async () => {
    const story = await tell(SITE);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    await story.at('10:20', bin('k1-wet').reads(0.05));
    await story.at('18:00', bin('k1-wet').reads(0.95));
    await story.at('18:10');
    expect((await story.alarms()).map(({ state }) => state)).toEqual([
      'normal',
      'active-unacknowledged',
    ]);
    expect((await story.tickets()).map(({ state }) => state)).toEqual(['closed', 'raised']);
  });
});
