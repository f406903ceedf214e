// What a resident tells by a printed code, told from end to end through the whole house: the sensor
// speaks against it, staff walk the loop, the stars close it, and the house is off in between.
// 1 June 2026 is a Monday; the sun sets at about 18:54.
import { describe, expect, it } from 'vitest';
import type { NewReport } from '../../gateway/api/desk.ts';
import { cameraPhoto } from '../fakes/sent-photos.ts';
import { valueOf } from '../fakes/reporting-site.ts';
import { temporaryFolder } from '../tools.ts';
import { lamp, tell, type Story } from './told.ts';

const SITE = `version: 1
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: STORE_DIR }
sources: [{ id: broker, kind: mqtt-broker, port: MQTT_PORT }]
circuits: [{ id: c1, name: 东路灯回路, lamps: [{ id: lamp-07, name: 7号庭院灯, nominalW: 30 }] }]
devices: [{ id: lamp-07, source: broker, decoder: courtyard-json, asset: lamp-07, every: 10m }]
buildings: [{ id: b3, name: 3号楼 }]
`;

/** Photos are files, also where the store is in memory. */
const site = (): string => SITE.replace('STORE_DIR', temporaryFolder());

const DARK: NewReport = {
  spot: 'lamp-07',
  category: 'lamp',
  kind: 'fault',
  words: '灯不亮，打我 13800138000',
  phone: '13800138000',
  photos: [],
  by: 'page',
};

const act = async (story: Story, role: string, what: readonly [string, object?, string?]) => {
  const [action, body = {}, id = 'T1'] = what;
  const actor = { by: `${role}-1`, role };
  return valueOf(await story.desk().ticketAction({ id, action, body: { ...body }, actor }));
};
const report = async (story: Story, more: Partial<NewReport> = {}) =>
  valueOf(await story.desk().report({ ...DARK, ...more }));
const follow = async (story: Story, secret: string) => valueOf(await story.desk().follow(secret));

describe('a lamp that a resident calls dark while its sensor says that it is lit', () => {
  it('is one ticket for the lamp and one for its sensor, each naming the other', async () => {
    const story = await tell(site(), '20:00');
    await story.at('20:01', lamp('lamp-07').draws(29.5));
    const { number, sensor } = await report(story);
    expect(number).toBe(1);
    expect(sensor).toMatchObject({
      says: 'lit',
      name: '7号庭院灯',
      quantity: 'power',
      value: 29.5,
    });
    const [one, two] = (await story.tickets()).toSorted((a, b) => a.number - b.number);
    expect(one).toMatchObject({ category: 'lamp', asset: 'lamp-07', route: 'full' });
    expect(two).toMatchObject({ category: 'sensor', asset: 'lamp-07', team: 'engineers' });
    expect(two?.history[0]?.reason).toContain('T1');
  });
});

describe('a stuck lift that a resident tells of', () => {
  it('goes round the loop to its stars, with the house off in between', async () => {
    const story = await tell(site(), '10:00');
    const photos = [await cameraPhoto()];
    const { secret } = await report(story, { spot: 'b3', category: 'lift', photos });
    await act(story, 'engineer', ['answer', { team: 'engineers', note: '电梯公司在路上' }]);
    await story.offUntil('2026-06-01T11:00');
    const open = await follow(story, secret);
    expect(open.answers.map(({ words }) => words)).toEqual(['电梯公司在路上']);
    const [photo = ''] = open.photos.own;
    const jpeg = Buffer.from(valueOf(await story.desk().reportPhoto(secret, photo)));
    expect(jpeg.toString('latin1')).not.toMatch(/Secret Camera|Exif/);
    expect(await story.desk().photo(photo)).toMatchObject({ ok: true, value: { ticket: 'T1' } });

    await act(story, 'engineer', ['rectify', { note: '换了门机皮带' }]);
    await act(story, 'committee', ['inspect', { result: 'pass' }]);
    await story.offUntil('2026-06-08T12:00');
    await act(story, 'reviewer', ['look-back', { result: 'pass' }]);
    const rated = valueOf(await story.desk().rateReport(secret, { stars: 4, note: '快' }));
    expect(rated).toMatchObject({ state: 'closed', stars: 4, points: 5 });
    await story.offUntil('2026-06-20T12:00');
    expect(await follow(story, secret)).toMatchObject({ state: 'closed', stars: 4, points: 5 });
    expect(valueOf(await story.desk().publicRequest('T1'))).toMatchObject({ isOpen: false });
    const year = { from: Date.parse('2026-01-01'), to: Date.parse('2027-01-01') };
    expect((await story.desk().publicRequests(year)).map(({ id }) => id)).toEqual(['T1']);
  });

  it('shows the number to call to whoever works on it, and to no list, screen or audit', async () => {
    const story = await tell(site(), '10:00');
    await report(story, { spot: 'b3', category: 'lift' });
    const seenBy = async (role: string) =>
      JSON.stringify(await story.desk().ticket('T1', { by: 'x', role }));
    expect(await seenBy('engineer')).toContain('13800138000');
    for (const role of ['committee', 'reviewer', 'admin', 'display', 'nobody'])
      expect(await seenBy(role)).not.toContain('13800138000');
    const lists = [
      await story.desk().tickets({ actor: { by: 'x', role: 'engineer' } }),
      await story.desk().audit({ limit: 500 }),
      await story.desk().publicRequest('T1'),
    ];
    expect(JSON.stringify(lists)).not.toContain('13800138000');
  });
});
