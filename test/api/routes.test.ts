import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { face, problemIn } from './face.ts';

describe('a route', () => {
  it('that does not say who may ask cannot be registered', async () => {
    const { app } = await face();
    expect(() => app.get('/open', () => 'hello')).toThrow('GET /open does not say which roles');
    expect(() => app.get('/open', { config: { roles: [] } }, () => 'hello')).toThrow('GET /open');
  });

  it('that is for other roles is closed to this one', async () => {
    const { app, get } = await face();
    app.get('/books', { config: { roles: ['manager'] } }, () => 'figures');
    expect(problemIn(await get('/books'), 403).detail).toContain('engineer');
  });

  it('that is not there is not found, in the same shape as all else', async () => {
    const { get, post } = await face();
    problemIn(await get('/nothing'), 404);
    problemIn(await get('/api/v1/assets/k1-wet/more'), 404);
    problemIn(await post('/nothing'), 404);
  });

  it.each([
    ['DELETE', '/api/v1/tickets/ticket-1', 'GET, HEAD'],
    ['PUT', '/api/v1/tickets', 'GET, HEAD, POST'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['GET', '/api/v1/tickets/ticket-1/take', 'POST'],
    ['OPTIONS', '/api/v1/assets', 'GET, HEAD'],
  ] as const)('does not take %s %s and says what it does take', async (method, url, allow) => {
    const { app } = await face();
    const response = await app.inject({ method, url });
    problemIn(response, 405);
    expect(response.headers['allow']).toBe(allow);
  });

  it('takes no question that it does not know', async () => {
    const { get } = await face();
    for (const url of ['/healthz?x=1', '/api/v1/tickets/ticket-1?expand=all', '/api/v1/site?a']) {
      expect(problemIn(await get(url), 400).detail).toContain('is not known here');
    }
  });
});

describe('what goes wrong behind the desk', () => {
  const logged: { instance?: string; message?: string }[] = [];
  const logger = {
    level: 'error',
    fatal() {},
    error(entry: { err?: Error; instance?: string }) {
      logged.push({ instance: entry.instance ?? '', message: entry.err?.message ?? '' });
    },
    warn() {},
    info() {},
    debug() {},
    trace() {},
    silent() {},
    child: () => logger,
  };

  it('is told by an instance and nothing else, and logged once under it', async () => {
    const { desk, get } = await face({ logger });
    logged.length = 0;
    desk.breakWith(new Error('SQLITE_CORRUPT in /var/lib/courtyard/log.db'));
    const response = await get('/api/v1/assets');
    const problem = problemIn(response, 500);
    expect(response.body).not.toMatch(/SQLITE|courtyard\/log/);
    expect(problem.instance).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(logged).toEqual([
      { instance: problem.instance, message: 'SQLITE_CORRUPT in /var/lib/courtyard/log.db' },
    ]);
  });

  it('is told by its code and its hint where it may pass', async () => {
    const { desk, post } = await face({ logger });
    desk.breakWith(
      new Fault('store-write-failed', 'committing 12 records: disk is full on /dev/sda'),
    );
    const response = await post('/api/v1/tickets/ticket-1/take');
    const problem = problemIn(response, 503);
    expect(problem.type).toBe('urn:courtyard:fault:store-write-failed');
    expect(problem.detail).toContain('free space');
    expect(response.body).not.toContain('/dev/sda');
  });

  it('is told the same of things that are no errors at all', async () => {
    const { app, get } = await face({ logger });
    app.get('/odd', { config: { roles: ['engineer'] } }, () => Promise.reject('a word'));
    expect(problemIn(await get('/odd'), 500).detail).not.toContain('a word');
  });
});
