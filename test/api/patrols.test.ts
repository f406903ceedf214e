// Patrols, rounds, bags and the problem list over HTTP: who may, what is refused, what a sheet holds.
import { describe, expect, it } from 'vitest';
import type { Desk } from '../../gateway/api/desk.ts';
import { problemsCsv } from '../../gateway/api/problems-csv.ts';
import type { BagCountsView, ProblemListView, RoundView } from '../../gateway/api/schemas.ts';
import { problemIn } from './face.ts';
import { staffedFace, type StaffedFace, type Who } from './staffed-face.ts';

const send = (face: StaffedFace, who: Who, url: string, body: object = {}) =>
  face.as(who, { method: 'POST', url, payload: JSON.stringify(body) });
const read = (face: StaffedFace, who: Who, url: string) => face.as(who, { method: 'GET', url });

async function walking(who: Who = 'cleaner') {
  const face = await staffedFace();
  const begun = await send(face, who, '/api/v1/rounds', { patrol: 'morning' });
  expect(begun.statusCode).toBe(201);
  const round = begun.json<RoundView>();
  return {
    face,
    id: round.id,
    url: `/api/v1/rounds/${round.id}`,
    location: begun.headers['location'],
  };
}

describe('a round over HTTP', () => {
  it('is begun, walked and ended by those who walk', async () => {
    const { face, url, location } = await walking();
    expect(location).toBe(url);
    const at = async (step: string, body: object) =>
      (await send(face, 'cleaner', `${url}/${step}`, body)).json<RoundView>();
    expect((await at('check-in', { place: 'k1', by: 'qr' })).route[0]?.checkedInBy).toBe('qr');
    const bad = await at('look', { place: 'k1', item: 1, verdict: 'bad', note: '<b>两袋</b>' });
    expect(bad.route[0]?.look[1]).toMatchObject({
      verdict: 'bad',
      ticket: 'T1',
      note: '<b>两袋</b>',
    });
    expect(await at('finish', {})).toMatchObject({ end: 'finished', by: 'cleaner', bad: 1 });
  });

  it.each(['volunteer', 'admin', 'nobody', 'display'] as const)(
    'is not begun by: %s',
    async (who) => {
      const face = await staffedFace();
      const refused = await send(face, who, '/api/v1/rounds', { patrol: 'morning' });
      problemIn(refused, who === 'nobody' ? 401 : 403);
    },
  );

  it('is told to who walks it and to who judges, and is not there for another cleaner', async () => {
    const { face, url, id } = await walking('steward');
    problemIn(await read(face, 'cleaner', url), 404);
    const of = async (who: Who, query = '') =>
      (await read(face, who, `/api/v1/rounds${query}`))
        .json<{ id: string }[]>()
        .map((one) => one.id);
    expect(await of('cleaner')).toEqual([]);
    expect(await of('steward', '?state=under-way&of=me')).toEqual([id]);
    expect(await of('committee')).toEqual([id]);
    expect(await of('committee', '?of=me')).toEqual([]);
    expect(await of('committee', '?patrol=evening')).toEqual([]);
    expect((await read(face, 'manager', url)).statusCode).toBe(200);
  });

  it.each([
    ['check-in', {}, 400],
    ['check-in', { place: 'k1', by: 'magic' }, 400],
    ['check-in', { place: 'x'.repeat(65_000) }, 400],
    ['check-in', { place: 'k9' }, 422],
    ['look', { place: 'k1', item: 0, verdict: 'ok' }, 422],
    ['look', { place: 'k1', item: -1, verdict: 'ok' }, 400],
    ['look', { place: 'k1', item: 0.5, verdict: 'ok' }, 400],
    ['look', { place: 'k1', item: 0, verdict: 'fine' }, 400],
    ['finish', {}, 422],
    ['finish', { note: 'x'.repeat(2001) }, 400],
    ['finish', { extra: 1 }, 400],
  ] as const)('refuses %s with %o', async (step, body, status) => {
    const { face, url } = await walking();
    problemIn(await send(face, 'cleaner', `${url}/${step}`, body), status);
  });

  it('that is not there is not found', async () => {
    const face = await staffedFace();
    problemIn(await read(face, 'manager', '/api/v1/rounds/R999'), 404);
    problemIn(await send(face, 'cleaner', '/api/v1/rounds/R999/finish'), 404);
    problemIn(await send(face, 'cleaner', '/api/v1/rounds', { patrol: 'noon' }), 404);
  });
});

describe('bags over HTTP', () => {
  it('are counted by who walks and read by the staff', async () => {
    const face = await staffedFace();
    const counted = await send(face, 'steward', '/api/v1/bag-counts', { place: 'k1', bags: 12 });
    expect(counted.statusCode).toBe(201);
    const { bags, places } = (
      await read(face, 'committee', '/api/v1/bag-counts?from=2026-11-02&to=2026-11-02')
    ).json<BagCountsView>();
    expect([bags, places]).toEqual([12, [{ place: 'k1', name: '1号投放点', bags: 12 }]]);
  });

  it.each([-1, 1000, 1.5, '3', null])('are not counted as %o', async (bags) => {
    const face = await staffedFace();
    problemIn(await send(face, 'steward', '/api/v1/bag-counts', { place: 'k1', bags }), 400);
  });

  it('are refused where no such place or day is', async () => {
    const face = await staffedFace();
    problemIn(await send(face, 'steward', '/api/v1/bag-counts', { place: 'k9', bags: 1 }), 422);
    problemIn(await read(face, 'steward', '/api/v1/bag-counts?from=yesterday'), 422);
  });
});

describe('the problem list over HTTP', () => {
  it('is JSON and a sheet to who reviews', async () => {
    const { face, url } = await walking();
    await send(face, 'cleaner', `${url}/check-in`, { place: 'k1' });
    await send(face, 'cleaner', `${url}/look`, { place: 'k1', item: 0, verdict: 'bad' });
    const { rows } = (await read(face, 'reviewer', '/api/v1/problems')).json<ProblemListView>();
    expect(rows).toMatchObject([
      { id: 'T1', ageDays: 0, returns: 0, next: 'answer', turn: 'team', side: 'property' },
    ]);
    const sheet = await read(face, 'reviewer', '/api/v1/problems.csv');
    expect(sheet.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(sheet.headers['content-disposition']).toBe(
      'attachment; filename="problems_2026-11-02.csv"',
    );
    expect(sheet.body).toMatch(/^\uFEFFnumber,title,/);
    const meeting = await read(face, 'committee', '/api/v1/joint-meeting');
    expect(meeting.json()).toMatchObject({ from: '2026-10-20', to: '2026-11-02', lasting: [] });
    problemIn(
      await read(face, 'committee', '/api/v1/joint-meeting?from=2026-11-03&to=2026-11-02'),
      422,
    );
  });

  it('holds no formula, whatever anybody wrote', async () => {
    const row: Awaited<ReturnType<Desk['problems']>>['rows'][number] = {
      id: 'T1',
      number: 1,
      title: '=HYPERLINK("http://evil.example","灯")',
      category: 'lamp',
      severity: 'low',
      place: '@SUM(A1)',
      raisedAt: '2026-11-01T00:00:00.000Z',
      ageDays: 3,
      returns: 2,
      state: 'declined',
      team: 'engineers',
      side: 'property',
      overdueS: 5400,
      endedBecause: '-2+3\n"第二行",<img onerror=x>',
    };
    const about = { site: '+绿苑', zone: 'Asia/Shanghai', generatedAt: '2026-11-04T00:00:00.000Z' };
    const sheet = problemsCsv({ ...about, rows: [row] });
    const cells = sheet.slice(1).split(/\r\n|,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([]);
    expect(sheet).toContain(`"'=HYPERLINK(""http://evil.example"",""灯"")"`);
    expect(sheet).toContain(`"'-2+3\n""第二行"",<img onerror=x>"`);
    expect(sheet).toContain(',1.5,');
  });
});
