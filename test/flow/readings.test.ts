import { describe, expect, it } from 'vitest';
import { minutes } from '../../gateway/domain/time.ts';
import { takeReadings } from '../../gateway/flow/readings.ts';
import { createDeviceTokens } from '../../gateway/sources/device-tokens.ts';
import type { Receipt } from '../../gateway/sources/source.ts';

const device = (id: string, source: string, secret?: string) => ({
  id,
  source,
  decoder: 'courtyard-json',
  decoderOptions: {},
  assets: new Map(),
  every: minutes(1),
  ...(secret !== undefined && { secret }),
});

const DEVICES = new Map([
  ['k1', device('k1', 'web', 'opensesame')],
  ['lamp', device('lamp', 'broker', 'lumos')],
  ['open', device('open', 'web')],
]);

function door(receipt: Receipt) {
  const taken: string[] = [];
  const source = {
    id: 'web',
    take: async (id: string) => {
      taken.push(id);
      return receipt;
    },
  };
  const post = (token: string) =>
    takeReadings(
      { deviceOf: createDeviceTokens(DEVICES).deviceOf, source },
      { token, bytes: Buffer.from('{}') },
    );
  return { post, taken };
}

const refused = (...reasons: ('not-json' | 'duplicate' | 'out-of-range')[]): Receipt => ({
  readings: 0,
  rejected: reasons.map((reason) => ({ reason })),
});

describe('the door for readings over HTTP', () => {
  it('knows a device by its token and says what became of each number', async () => {
    const rejected = [{ reason: 'out-of-range', detail: 'distance 9e9' }] as const;
    const { post, taken } = door({ readings: 2, rejected });
    expect(await post('opensesame')).toEqual({
      ok: true,
      value: {
        device: 'k1',
        readings: 2,
        rejected: { 'out-of-range': 1 },
        details: ['out-of-range: distance 9e9'],
      },
    });
    expect(taken).toEqual(['k1']);
  });

  it.each(['', 'opensesam', 'opensesame ', 'undefined'])(
    'a token that is nobody’s (%j) opens nothing',
    async (token) => {
      const { post, taken } = door({ readings: 1, rejected: [] });
      expect(await post(token)).toMatchObject({ ok: false, status: 401 });
      expect(taken).toEqual([]);
    },
  );

  it('a device of another source is told which way is its own', async () => {
    const { post, taken } = door({ readings: 1, rejected: [] });
    expect(await post('lumos')).toMatchObject({
      status: 403,
      detail: expect.stringContaining('source broker'),
    });
    expect(taken).toEqual([]);
  });

  it('a message of which nothing could be taken is refused, for sending it again would not help', async () => {
    const { post } = door(refused('not-json'));
    expect(await post('opensesame')).toMatchObject({ status: 422, detail: 'not-json' });
  });

  it('a message that was taken before is taken: its sender had missed the answer', async () => {
    const { post } = door(refused('duplicate', 'duplicate'));
    expect(await post('opensesame')).toMatchObject({
      ok: true,
      value: { readings: 0, rejected: { duplicate: 2 } },
    });
  });

  it('a thousand refusals are counted, and the first twenty told', async () => {
    const { post } = door({
      readings: 1,
      rejected: Array.from({ length: 1000 }, () => ({ reason: 'out-of-range' as const })),
    });
    const answer = await post('opensesame');
    expect(answer).toMatchObject({ value: { rejected: { 'out-of-range': 1000 } } });
    expect(answer.ok && answer.value.details).toHaveLength(20);
  });
});
