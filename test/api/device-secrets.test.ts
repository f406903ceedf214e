import type { InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { face, problemIn } from './face.ts';

const SECRET = '/api/v1/devices/k1/secret';
const JSON_TYPE = { 'content-type': 'application/json' };

async function keys() {
  const { app, get, post } = await face();
  const revoke = (url: string, how: InjectOptions = {}) =>
    app.inject({ method: 'DELETE', url, headers: JSON_TYPE, ...how });
  return { get, post, revoke, list: async () => (await get('/api/v1/devices/secrets')).json() };
}

describe('a device’s secret', () => {
  it('is shown once, and is in no list', async () => {
    const { post, get, list } = await keys();
    const made = (await post(SECRET)).json<{ token: string }>();
    expect(made).toMatchObject({ device: 'k1', state: 'stored', token: expect.any(String) });
    expect(Buffer.from(made.token, 'base64url')).toHaveLength(16);
    expect((await get('/api/v1/devices/secrets')).body).not.toContain(made.token);
    expect(await list()).toEqual([
      { device: 'k1', source: 'broker', state: 'stored', since: '2026-11-20T08:00:00.000Z' },
      { device: 'lamp-07', source: 'broker', state: 'file' },
    ]);
  });

  it('is replaced only where that is asked for', async () => {
    const { post } = await keys();
    const first = (await post(SECRET)).json<{ token: string }>();
    problemIn(await post(SECRET), 409);
    problemIn(await post(SECRET, { replace: false }), 409);
    const second = (await post(SECRET, { replace: true })).json<{ token: string }>();
    expect(second.token).not.toBe(first.token);
  });

  it('that is revoked leaves a device that nobody speaks for until a new one is made', async () => {
    const { post, revoke, list } = await keys();
    problemIn(await revoke(SECRET), 409);
    await post(SECRET);
    expect((await revoke(SECRET)).json()).toMatchObject({ device: 'k1', state: 'revoked' });
    expect(await list()).toMatchObject([{ state: 'revoked' }, {}]);
    expect((await post(SECRET)).statusCode).toBe(200);
  });

  it('that is in a file is the file’s', async () => {
    const { post, revoke } = await keys();
    const url = '/api/v1/devices/lamp-07/secret';
    expect(problemIn(await post(url, { replace: true }), 409).detail).toContain('secretFile');
    expect(problemIn(await revoke(url), 409).detail).toContain('secretFile');
  });

  it('is nobody’s where there is no such device', async () => {
    const { post, revoke } = await keys();
    for (const id of ['nobody', '__proto__', '%00']) {
      problemIn(await post(`/api/v1/devices/${id}/secret`), 404);
      problemIn(await revoke(`/api/v1/devices/${id}/secret`), 404);
    }
  });

  it('is not for other sites’ pages, nor for bodies that say more', async () => {
    const { post, revoke } = await keys();
    const foreign = { ...JSON_TYPE, origin: 'http://evil.example' };
    problemIn(await post(SECRET, {}, foreign), 403);
    problemIn(await revoke(SECRET, { headers: foreign }), 403);
    problemIn(await revoke(SECRET, { headers: {} }), 415);
    problemIn(await post(SECRET, { token: 'mine' }), 400);
  });
});
