import { describe, expect, it } from 'vitest';
import type { TicketView } from '../../gateway/api/schemas.ts';
import { TICKET_VERBS, type TicketVerb } from '../../gateway/api/ticket-actions.ts';
import { face, problemIn } from './face.ts';

const ONE = '/api/v1/tickets/ticket-1';
const NEW = { category: 'drain', title: '下水道堵了', place: '3号楼' };
const TAKEN_BODIES: Record<TicketVerb, object> = {
  answer: { team: 'engineers', dueAt: '2026-11-21T10:00:00Z', note: 'tomorrow' },
  decline: { reason: 'not ours' },
  merge: { into: 'ticket-2', reason: 'same lamp' },
  assign: { to: '王师傅' },
  take: {},
  wait: { for: 'parts' },
  resume: {},
  rectify: { note: 'emptied' },
  inspect: { result: 'pass' },
  'look-back': { result: 'return', reason: 'leaks again' },
  reopen: { reason: 'full again' },
  rate: { stars: 5 },
  comment: { text: 'seen' },
};

describe('tickets', () => {
  it('all are listed, or only the open ones', async () => {
    const { desk, get, post } = await face();
    await post(`${ONE}/decline`, { reason: 'not ours' });
    const ids = async (query: string): Promise<string[]> =>
      (await get(`/api/v1/tickets${query}`)).json<TicketView[]>().map(({ id }) => id);
    expect(await ids('')).toEqual(['ticket-1', 'ticket-2']);
    expect(await ids('?state=all')).toEqual(['ticket-1', 'ticket-2']);
    expect(await ids('?state=open')).toEqual(['ticket-2']);
    expect(desk.asked.ticketActions).toHaveLength(1);
  });

  it('are listed by one state, and by pages', async () => {
    const { get, post } = await face();
    await post(`${ONE}/decline`, { reason: 'not ours' });
    const ids = async (query: string): Promise<string[]> =>
      (await get(`/api/v1/tickets?${query}`)).json<TicketView[]>().map(({ id }) => id);
    expect(await ids('state=declined')).toEqual(['ticket-1']);
    expect(await ids('limit=1&offset=1')).toEqual(['ticket-2']);
  });

  it('are listed where they are late, or mine: yes and no are the words true and false', async () => {
    const { get } = await face();
    for (const query of ['overdue=true', 'overdue=false', 'mine=true', 'mine=false'])
      expect((await get(`/api/v1/tickets?${query}`)).statusCode).toBe(200);
  });

  it.each([
    'state=lost',
    'team=pirates',
    'limit=0',
    'limit=501',
    'overdue=perhaps',
    'overdue=1',
    'mine=TRUE',
    'mine=',
    'mine=true&mine=true',
    'state=true',
    'colour=red',
  ])('asked for with %s are refused', async (query) => {
    const { get } = await face();
    problemIn(await get(`/api/v1/tickets?${query}`), 400);
  });

  it('that would reach nobody are told of before they come', async () => {
    const { get } = await face();
    expect((await get('/api/v1/coverage')).json()).toEqual({
      buildingsWithoutSteward: [{ id: 'b3', name: '3号楼' }],
      teams: [],
    });
  });

  it('one is told with its history and, as ETag, its version', async () => {
    const { get } = await face();
    const response = await get('/api/v1/tickets/ticket-2');
    expect(response.headers.etag).toBe('"2"');
    expect(response.json<TicketView>().history).toHaveLength(2);
  });

  it('one that is not there is not found', async () => {
    const { get, post } = await face();
    problemIn(await get('/api/v1/tickets/ticket-9'), 404);
    problemIn(await post('/api/v1/tickets/ticket-9/take'), 404);
  });

  it('one is raised by hand and can be found where the answer says', async () => {
    const { get, post } = await face();
    const response = await post('/api/v1/tickets', NEW);
    expect(response.statusCode).toBe(201);
    expect(response.headers.etag).toBe('"1"');
    const there = await get(String(response.headers['location']));
    expect(there.json()).toMatchObject({ title: '下水道堵了', state: 'raised', raisedBy: 'local' });
  });

  it('raising twice under one key raises once', async () => {
    const { get, post } = await face();
    const key = { 'idempotency-key': 'phone-17' };
    const first = await post('/api/v1/tickets', NEW, key);
    const again = await post('/api/v1/tickets', NEW, key);
    expect(again.json()).toEqual(first.json());
    expect((await get('/api/v1/tickets')).json()).toHaveLength(3);
  });

  it.each([
    ['an unknown category', { ...NEW, category: 'ghosts' }, 'body.category'],
    ['no title', { category: 'drain' }, 'body.title'],
    ['a title of 201 characters', { ...NEW, title: 'x'.repeat(201) }, 'body.title'],
    ['a severity of its own', { ...NEW, severity: 'extreme' }, 'body.severity'],
    ['a state, which is not the caller’s to say', { ...NEW, state: 'closed' }, 'body.state'],
  ])('raising with %s is refused', async (_, body, path) => {
    const { post } = await face();
    const problem = problemIn(await post('/api/v1/tickets', body), 400);
    expect(problem.errors?.map((error) => error.path)).toEqual([path]);
  });

  it.each(TICKET_VERBS)('the body of %s reaches the desk as it was sent', async (verb) => {
    const { desk, post } = await face();
    await post(`${ONE}/${verb}`, TAKEN_BODIES[verb]);
    expect(desk.asked.ticketActions).toEqual([
      {
        id: 'ticket-1',
        action: verb,
        body: TAKEN_BODIES[verb],
        actor: { by: 'local', role: 'engineer' },
      },
    ]);
  });

  it.each([
    ['decline', {}],
    ['merge', { into: 'ticket-2' }],
    ['assign', { to: 7 }],
    ['wait', { for: 'godot' }],
    ['take', { now: true }],
    ['inspect', { result: 'maybe' }],
    ['rate', { stars: 6 }],
    ['rate', { stars: '5' }],
    ['rate', { stars: 4.5 }],
    ['comment', { text: '' }],
    ['answer', { team: 'pirates' }],
  ])('%s does not take %j', async (verb, body) => {
    const { desk, post } = await face();
    problemIn(await post(`${ONE}/${verb}`, body), 400);
    expect(desk.asked.ticketActions).toEqual([]);
  });

  it('an action that nobody has heard of is no address', async () => {
    const { post } = await face();
    problemIn(await post(`${ONE}/explode`), 404);
  });

  it('a step that the ticket’s state does not allow is refused', async () => {
    const { post } = await face();
    const problem = problemIn(await post(`${ONE}/rectify`, { note: 'done' }), 422);
    expect(problem.detail).toContain('raised cannot rectify');
  });
});

describe('of two people who change one ticket', () => {
  it('the second is told that somebody was first', async () => {
    const { post } = await face();
    const seen = { 'if-match': '"1"' };
    const first = await post(`${ONE}/comment`, { text: 'mine' }, seen);
    expect(first.headers.etag).toBe('"2"');
    problemIn(await post(`${ONE}/comment`, { text: 'also mine' }, seen), 409);
  });

  it.each(['1', '"1"', 'W/"1"'])('a version may be written %s', async (version) => {
    const { desk, post } = await face();
    const response = await post(`${ONE}/take`, {}, { 'if-match': version });
    expect(response.statusCode).toBe(200);
    expect(desk.asked.ticketActions[0]?.version).toBe(1);
  });

  it.each(['one', '"1', '-1', '*', '1, 2', '9999999999'])(
    'a version written %s is refused',
    async (version) => {
      const { post } = await face();
      const problem = problemIn(await post(`${ONE}/take`, {}, { 'if-match': version }), 400);
      expect(problem.errors?.[0]?.path).toBe('headers.if-match');
    },
  );

  it('a command sent again under its key is answered again and done once', async () => {
    const { get, post } = await face();
    const key = { 'idempotency-key': 'k', 'if-match': '1' };
    const first = await post(`${ONE}/take`, {}, key);
    const again = await post(`${ONE}/take`, {}, key);
    expect(again.json()).toEqual(first.json());
    expect((await get(ONE)).json<TicketView>().version).toBe(2);
  });

  it('a key of a thousand characters is refused', async () => {
    const { post } = await face();
    problemIn(await post(`${ONE}/take`, {}, { 'idempotency-key': 'k'.repeat(1000) }), 400);
  });
});
