import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { until } from '../tools.ts';
import { face, problemIn } from './face.ts';

const RULE = { id: 'bin-full', on: 'bin', quantity: 'fill', above: 0.95, severity: 'medium' };
const URL = '/api/v1/rehearsal';

describe('a rehearsal over HTTP', () => {
  it('is asked for with all rules or with one, and days', async () => {
    const { desk, post } = await face();
    const span = { from: '2026-11-16', to: '2026-11-20' };
    const all = await post(URL, { rules: [RULE], ...span });
    expect(all.json()).toMatchObject({ covers: { days: [] }, compared: [] });
    expect((await post(URL, { rule: RULE })).statusCode).toBe(200);
    expect(desk.asked.rehearsals).toMatchObject([{ rules: [RULE], ...span }, { rule: RULE }]);
  });

  it.each([
    ['a word too many', { rule: RULE, loud: true }, 'body.loud'],
    ['rules that are no list', { rules: RULE }, 'body.rules'],
    ['a rule that is text', { rules: ['bin-full'] }, 'body.rules.0'],
    ['a day that is a number', { rule: RULE, from: 20261116 }, 'body.from'],
  ])('with %s is refused, naming the field', async (_, body, path) => {
    const { desk, post } = await face();
    const problem = problemIn(await post(URL, body), 400);
    expect(problem.errors?.map((error) => error.path)).toContain(path);
    expect(desk.asked.rehearsals).toEqual([]);
  });

  it('the mistakes of its rules are told one by one', async () => {
    const { desk, post } = await face();
    const errors = [{ path: 'body.rules.0.above', message: '95 is not a ratio 0–1' }];
    desk.refuse({ status: 422, title: 'The rules have mistakes', detail: 'see errors', errors });
    expect(problemIn(await post(URL, { rules: [] }), 422)).toMatchObject({
      title: 'The rules have mistakes',
      errors,
    });
  });

  it('while another runs the caller is told when to come again', async () => {
    const { desk, post } = await face();
    desk.refuse({ status: 503, title: 'Another rehearsal runs', detail: 'one at a time' });
    const response = await post(URL, { rule: RULE });
    problemIn(response, 503);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('whoever hangs up ends it', async () => {
    const { app, desk } = await face();
    let aborted = false;
    desk.rehearse = ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          resolve({ ok: false, status: 503, title: 'Gone', detail: 'nobody waits' });
        });
        caller.destroy();
      });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const headers = { 'content-type': 'application/json' };
    const caller = request({ host: '127.0.0.1', port, path: URL, method: 'POST', headers });
    caller.on('error', () => undefined);
    caller.end(JSON.stringify({ rule: RULE }));
    await until('the rehearsal is ended', () => aborted, 30_000);
  });
});
