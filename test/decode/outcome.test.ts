import { describe, expect, it } from 'vitest';
import { courtyardJson } from '../../gateway/decode/courtyard-json.ts';
import { courtyardLine } from '../../gateway/decode/courtyard-line.ts';
import { describeOutcome } from '../../gateway/decode/outcome.ts';
import { textMessage } from './sample-message.ts';

const line = (text: string) => describeOutcome(courtyardLine.decode(textMessage(text)));
const payload = (text: string) => describeOutcome(courtyardJson.decode(textMessage(text)));

describe('what became of a message', () => {
  it('readings carry their channel where they have one, and their unit', () => {
    expect(line('$k1,42,wet.distance=412,wet.gross=31.25*6D84')).toEqual({
      readings: [
        { channel: 'wet', quantity: 'distance', value: 412, unit: 'mm' },
        { channel: 'wet', quantity: 'gross', value: 31.25, unit: 'kg' },
      ],
    });
  });

  it('a device’s own time is written in UTC', () => {
    expect(payload('{"at":"2026-11-02T18:00:00+08:00","volume":104522}')).toEqual({
      readings: [
        { quantity: 'volume', value: 104_522, unit: 'L', observedAt: '2026-11-02T10:00:00.000Z' },
      ],
    });
  });

  it('a message of which nothing was taken says why', () => {
    expect(line('$k1,42,wet.distance=413,wet.gross=31.25*6D84')).toEqual({ rejected: 'checksum' });
    expect(payload('{"power":"28"}')).toEqual({ rejected: 'not-a-number' });
  });

  it('several reasons are all told, the first first', () => {
    expect(payload('{"power":"28","smell":1}')).toMatchObject({
      rejected: 'not-a-number',
      refused: [{ reason: 'not-a-number' }, { reason: 'unknown-quantity' }],
    });
  });

  it('what was refused beside good readings is told with them', () => {
    expect(payload('{"lid":1,"smell":1}')).toMatchObject({
      readings: [{ quantity: 'lid', value: 1, unit: '0/1' }],
      refused: [{ reason: 'unknown-quantity', detail: expect.stringContaining('smell') }],
    });
  });
});
