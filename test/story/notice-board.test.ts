// The notice board, the labels and the stations' screens through the whole house: what is put over HTTP
// is told to the screens, outlives restarts, ends on its day, and is in the audit chain.
import { describe, expect, it } from 'vitest';
import type { LiveEvent, PostView } from '../../gateway/api/schemas.ts';
import { tell, type Story } from './told.ts';

const SITE = (more: string): string => `version: 1
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39${more} }
http: { port: HTTP_PORT }
store: { dir: ./unused }
sources: [{ id: broker, kind: mqtt-broker, port: MQTT_PORT }]
buildings: [{ id: b3, name: 3号楼 }]
stations:
  - id: k1
    name: 1号投放点
    building: b3
    bins: [{ id: k1-wet, stream: wet, position: 1, emptyMm: 1000, fullMm: 200, tareKg: 14.2 }]
devices: [{ id: k1-wet, source: broker, decoder: courtyard-json, asset: k1-wet }]
`;
const PUBLIC = ', publicUrl: "https://luyuan.example/", contact: { phone: "021-5555 0100" }';
const NEWS = { kind: 'activity', title: '周六分类活动', words: '', place: 'b3', to: '2026-06-02' };
const BY = { by: 'wang', role: 'manager' };

const put = (story: Story, body: object = NEWS) =>
  story.desk().addPost({
    body: body as Parameters<ReturnType<Story['desk']>['addPost']>[0]['body'],
    actor: BY,
  });
const titles = (story: Story): string[] =>
  (story.desk().site().stations[0]?.board ?? []).map(({ title }) => title);

describe('what is put on the notice board', () => {
  it('is on the station’s screen within a second, and off it after its last day', async () => {
    const story = await tell(SITE(PUBLIC));
    const told: LiveEvent[] = [];
    story.desk().watch((event) => told.push(event));
    await story.at('09:00:02');
    told.length = 0;
    await put(story);
    await story.at('09:00:04');
    const [site] = told.flatMap((event) => (event.kind === 'site' ? [event.data] : []));
    expect(site?.stations[0]?.board).toMatchObject([{ title: '周六分类活动', to: '2026-06-02' }]);
    await story.offUntil('2026-06-02T23:59');
    expect(titles(story)).toEqual(['周六分类活动']);
    await story.at('2026-06-03T00:00');
    expect(titles(story)).toEqual([]);
    const all = await story.desk().posts({ state: 'all' });
    expect(all).toMatchObject([{ title: '周六分类活动', state: 'over', by: 'wang' }]);
  });

  it('is written down with who did it', async () => {
    const story = await tell(SITE(PUBLIC));
    const answer = await put(story);
    if (!answer.ok) throw new Error(answer.detail);
    const { id } = answer.value;
    await story.desk().withdrawPost({ id, actor: { by: 'sun', role: 'reviewer' } });
    await story.settle();
    const rows = await story.store.audit.entries({ limit: 100 });
    const done = rows.filter(({ on }) => on === 'post').map((row) => `${row.by} ${row.action}`);
    expect(done.toSorted()).toEqual(['sun withdraw', 'wang put']);
  });
});

describe('the label of each thing', () => {
  it('leads to its own page below the public address, as does the station’s screen', async () => {
    const story = await tell(SITE(PUBLIC));
    const { labels, warnings, contact } = story.desk().labels();
    expect(labels.map(({ link }) => link)).toEqual([
      'https://luyuan.example/r/k1',
      'https://luyuan.example/r/b3',
    ]);
    expect(warnings).toEqual([]);
    expect(contact).toEqual({ phone: '021-5555 0100' });
    const site = story.desk().site();
    expect(site.stations[0]?.reportAt).toBe('https://luyuan.example/r/k1');
    expect(site.contact).toEqual({ phone: '021-5555 0100' });
    expect(site.buildings).toEqual([{ id: 'b3', name: '3号楼' }]);
  });

  it('warns of an address of the house, and without one has no code', async () => {
    const inside = await tell(SITE(', publicUrl: "http://192.168.1.20:8080"'));
    expect(
      inside
        .desk()
        .labels()
        .warnings.map(({ reason }) => reason),
    ).toEqual(['private', 'elsewhere', 'no-phone']);
    const none = await tell(SITE(''));
    expect(none.desk().labels()).toMatchObject({ warnings: [{ reason: 'no-address' }] });
    expect(none.desk().site().stations[0]?.reportAt).toBeUndefined();
  });
});

describe('over HTTP', () => {
  it('the board is read by the screens of an unclaimed house, and written by its writers alone', async () => {
    const story = await tell(SITE(PUBLIC));
    await put(story);
    const read = await story.server().inject({ url: '/api/v1/posts' });
    expect(read.json<PostView[]>()).toMatchObject([{ title: '周六分类活动', placeName: '3号楼' }]);
    const write = await story
      .server()
      .inject({ method: 'POST', url: '/api/v1/posts', payload: NEWS });
    expect(write.statusCode).toBe(403);
  });
});
