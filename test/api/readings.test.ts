import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { face, problemIn } from './face.ts';

const WHERE = '/api/v1/readings';
const K1 = { authorization: 'Bearer opensesame' };

describe('readings posted by a device', () => {
  it('reach the desk as the very bytes, with the token, and are answered with what became of them', async () => {
    const { desk, post } = await face();
    const body = Buffer.from(' {"seq":1, "wet.distance":4.120e2}\n');
    const response = await post(WHERE, body, K1);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ device: 'k1', readings: 1, rejected: {}, details: [] });
    expect(desk.asked.readings).toHaveLength(1);
    expect(Buffer.from(desk.asked.readings[0]?.bytes ?? [])).toEqual(body);
    expect(desk.asked.readings[0]?.token).toBe('opensesame');
  });

  it.each(['[', '{"__proto__":{}}', 'nonsense', '\xff\xfe', ''])(
    'that are no JSON (%j) are the decoder’s to refuse, which keeps and counts them',
    async (body) => {
      const { desk, post } = await face();
      await post(WHERE, Buffer.from(body, 'latin1'), K1);
      expect(desk.asked.readings).toHaveLength(1);
    },
  );

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic b3BlbnNlc2FtZQ==',
    'opensesame',
    'Bearer open sesame',
    'Bearer opensesam',
    'Bearer OPENSESAME',
  ])('with the wrong words of who speaks (%j) are not taken', async (authorization) => {
    const { post } = await face();
    const response = await post(WHERE, {}, authorization === undefined ? {} : { authorization });
    problemIn(response, 401);
    expect(response.headers['www-authenticate']).toBe('Bearer');
  });

  it.each(['store-write-failed', 'store-busy'] as const)(
    'that a store which says %s keeps from the disk are asked for again, a little later',
    async (code) => {
      const { desk, post } = await face();
      desk.breakWith(new Fault(code, 'committing 1 record: disk is full'));
      const response = await post(WHERE, {}, K1);
      expect(problemIn(response, 503).type).toBe(`urn:courtyard:fault:${code}`);
      expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    },
  );

  it.each([
    [403, 'Not this way'],
    [422, 'Nothing could be taken'],
  ] as const)('are refused with %i and its words where the desk does', async (status, title) => {
    const { desk, post } = await face();
    desk.refuse({ status, title, detail: 'not-json: it ends too early' });
    expect(problemIn(await post(WHERE, {}, K1), status)).toMatchObject({ title });
  });

  it('are 64 KiB at most, and are said to be JSON', async () => {
    const { post } = await face();
    problemIn(await post(WHERE, Buffer.alloc(65 * 1024, 0x20), K1), 413);
    problemIn(await post(WHERE, '{}', { ...K1, 'content-type': 'text/plain' }), 415);
  });

  it('take no question in their address', async () => {
    const { post } = await face();
    problemIn(await post(`${WHERE}?token=opensesame`, {}, K1), 400);
  });
});
