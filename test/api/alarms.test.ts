import { describe, expect, it } from 'vitest';
import type { AlarmView } from '../../gateway/api/schemas.ts';
import { face, problemIn } from './face.ts';

const SHELVE = { reason: '换桶中', until: '2026-11-20T12:00:00Z' };

describe('alarms', () => {
  it('those that hold now are listed, and with all those that held too', async () => {
    const { get } = await face();
    const ids = async (query: string): Promise<string[]> =>
      (await get(`/api/v1/alarms${query}`)).json<AlarmView[]>().map(({ id }) => id);
    expect(await ids('')).toEqual(['alarm-1', 'alarm-2']);
    expect(await ids('?state=active')).toEqual(['alarm-1', 'alarm-2']);
    expect(await ids('?state=all')).toEqual(['alarm-1', 'alarm-2', 'alarm-3']);
  });

  it('a person acknowledges one, and the desk is told who and under which key', async () => {
    const { desk, post } = await face();
    const key = { 'idempotency-key': 'a-1' };
    const response = await post('/api/v1/alarms/alarm-1/acknowledge', {}, key);
    expect(response.json()).toMatchObject({
      state: 'active-acknowledged',
      acknowledgedBy: 'local',
    });
    expect(desk.asked.alarmActions).toEqual([
      {
        id: 'alarm-1',
        action: 'acknowledge',
        body: {},
        actor: { by: 'local', role: 'engineer' },
        key: 'a-1',
      },
    ]);
  });

  it('a command without details needs no body at all', async () => {
    const { post } = await face();
    expect((await post('/api/v1/alarms/alarm-1/acknowledge', '')).statusCode).toBe(200);
  });

  it('one is shelved with a reason until a time, and taken back', async () => {
    const { post } = await face();
    expect((await post('/api/v1/alarms/alarm-1/shelve', SHELVE)).json()).toMatchObject({
      state: 'shelved',
      shelvedReason: '换桶中',
      shelvedUntil: SHELVE.until,
    });
    const response = await post('/api/v1/alarms/alarm-1/unshelve');
    expect(response.json()).not.toHaveProperty('shelvedUntil');
  });

  it('one is shelved until it next clears where no time is said', async () => {
    const { desk, post } = await face();
    await post('/api/v1/alarms/alarm-1/shelve', { reason: '换桶中' });
    expect(desk.asked.alarmActions[0]?.body).toEqual({ reason: '换桶中' });
  });

  it('one is taken out of service with a reason, and put back', async () => {
    const { post } = await face();
    const out = await post('/api/v1/alarms/alarm-1/take-out', { reason: '探头坏了' });
    expect(out.json()).toMatchObject({ state: 'out-of-service', takenOutReason: '探头坏了' });
    expect((await post('/api/v1/alarms/alarm-1/put-back')).statusCode).toBe(200);
    problemIn(await post('/api/v1/alarms/alarm-1/take-out', {}), 400);
  });

  it('people say that they are at work on an asset, and that they are done', async () => {
    const { desk, get, post } = await face();
    const body = { reason: '换桶', until: SHELVE.until };
    const said = await post('/api/v1/assets/k1-wet/maintenance', body, {
      'idempotency-key': 'm-1',
    });
    expect(said.json()).toMatchObject({ asset: 'k1-wet', ...body, by: 'local' });
    expect((await get('/api/v1/maintenance')).json()).toHaveLength(1);
    expect((await post('/api/v1/assets/k1-wet/maintenance/end')).json()).toHaveProperty('endedAt');
    expect((await get('/api/v1/maintenance')).json()).toEqual([]);
    expect(desk.asked.assetActions.map(({ action, key }) => [action, key])).toEqual([
      ['maintain', 'm-1'],
      ['release', undefined],
    ]);
    problemIn(await post('/api/v1/assets/k1-wet/maintenance', {}), 400);
  });

  it.each([
    ['no reason', { until: SHELVE.until }, 'body.reason', 'is missing'],
    ['an empty reason', { ...SHELVE, reason: '' }, 'body.reason', 'must not have fewer'],
    ['a reason that is a number', { ...SHELVE, reason: 5 }, 'body.reason', 'must be string'],
    ['a day for a time', { ...SHELVE, until: '2026-11-20' }, 'body.until', 'date-time'],
    ['a word too many', { ...SHELVE, forever: true }, 'body.forever', 'is not known here'],
  ])('shelving with %s is refused, naming the field', async (_, body, path, message) => {
    const { desk, post } = await face();
    const problem = problemIn(await post('/api/v1/alarms/alarm-1/shelve', body), 400);
    expect(problem.errors).toHaveLength(1);
    expect(problem.errors?.[0]?.path).toBe(path);
    expect(problem.errors?.[0]?.message).toContain(message);
    expect(desk.asked.alarmActions).toEqual([]);
  });

  it('every field that does not fit is named at once', async () => {
    const { post } = await face();
    const problem = problemIn(await post('/api/v1/alarms/alarm-1/shelve', { why: 1 }), 400);
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual(['body.reason', 'body.why']);
  });

  it('of very many fields that do not fit the first are named', async () => {
    const { post } = await face();
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`x${n}`, n]));
    const problem = problemIn(await post('/api/v1/alarms/alarm-1/acknowledge', many), 400);
    expect(problem.errors?.length).toBeGreaterThan(5);
    expect(problem.errors?.length).toBeLessThan(10);
    expect(problem.errors?.[0]).toEqual({ path: 'body.x0', message: 'is not known here' });
  });

  it('an alarm that is not there is not found', async () => {
    const { post } = await face();
    problemIn(await post('/api/v1/alarms/alarm-9/acknowledge'), 404);
  });

  it.each([403, 409, 422, 503] as const)(
    'what the desk refuses with %i is told',
    async (status) => {
      const { desk, post } = await face();
      desk.refuse({ status, title: 'Not now', detail: 'because of the rain' });
      const problem = problemIn(await post('/api/v1/alarms/alarm-1/acknowledge'), status);
      expect(problem).toMatchObject({ title: 'Not now', detail: 'because of the rain' });
    },
  );
});
