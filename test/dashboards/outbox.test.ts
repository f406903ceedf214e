// What is tapped on a round while the network comes and goes, and how the round then looks.
import { describe, expect, it } from 'vitest';
import { createOutbox, type Letter } from '../../dashboards/patrol/outbox.ts';
import { codeIn, nextPlace, roundNow, stateOf } from '../../dashboards/patrol/round-now.ts';
import type { Outcome } from '../../dashboards/shared/gateway.ts';
import type { RoundView } from '../../gateway/api/schemas.ts';
import { until } from '../tools.ts';

const done: Outcome<unknown> = { ok: true, value: 'done' };
const failed = (status: number): Outcome<unknown> => ({
  ok: false,
  status,
  title: '',
  detail: 'no',
});

/** A gateway that answers as told, one answer after another; then all is well. */
function post(...answers: Outcome<unknown>[]) {
  const heard: string[] = [];
  const later: (() => void)[] = [];
  const outbox = createOutbox(
    async (letter: Letter) => {
      heard.push(`${letter.what} ${letter.key.slice(0, 4)}`);
      return answers.shift() ?? done;
    },
    (_ms, task) => later.push(task),
  );
  const send = (...names: string[]): void => {
    for (const what of names) outbox.send({ path: '/api/v1/rounds/R1/look', body: {}, what });
  };
  return {
    outbox,
    heard,
    send,
    again: () => later.shift()?.(),
    settled: () => settle(outbox, later),
  };
}

const settle = (outbox: ReturnType<typeof createOutbox>, later: readonly unknown[]) =>
  until('nothing moves', async () => outbox.waiting.value.length === 0 || later.length > 0);

const names = (letters: readonly { readonly what: string }[]) => letters.map(({ what }) => what);

describe('the outbox', () => {
  it('sends in the order of the taps, each once', async () => {
    const { send, heard, settled } = post();
    send('a', 'b', 'c');
    await settled();
    expect(heard.map((line) => line[0])).toEqual(['a', 'b', 'c']);
    expect(new Set(heard.map((line) => line.slice(2))).size).toBe(3);
  });

  it.each([0, 401, 408, 429, 500, 503])(
    'keeps what was answered with %i, and sends it again under the same key',
    async (status) => {
      const { outbox, send, heard, settled, again } = post(failed(status));
      send('a', 'b');
      await settled();
      expect(names(outbox.waiting.value)).toEqual(['a', 'b']);
      expect(outbox.isCutOff.value).toBe(true);
      again();
      await settled();
      expect(outbox.waiting.value).toEqual([]);
      expect(heard[0]).toBe(heard[1]);
      expect(outbox.isCutOff.value).toBe(false);
    },
  );

  it.each([400, 403, 404, 409, 422])(
    'shows what was refused with %i and goes on',
    async (status) => {
      const { outbox, send, heard, settled } = post(failed(status));
      send('a', 'b');
      await settled();
      expect(names(outbox.refused.value)).toEqual(['a']);
      expect(heard.map((line) => line[0])).toEqual(['a', 'b']);
      outbox.dismiss(outbox.refused.value[0]?.key ?? '');
      expect(outbox.refused.value).toEqual([]);
    },
  );
});

const ROUND: RoundView = {
  id: 'R1',
  patrol: 'morning',
  name: '早班巡查',
  by: 'li',
  byName: '李',
  startedAt: '2026-11-02T00:00:00.000Z',
  seen: 0,
  places: 3,
  bad: 0,
  route: [
    { at: 'k1', kind: 'station', name: '1号投放点', look: [{ ask: '干净?', category: 'dumping' }] },
    { at: 'lamp-1', kind: 'lamp', name: '1号灯', look: [] },
    { at: 'b3', kind: 'building', name: '3号楼', look: [] },
  ],
};
const letter = (action: string, body: Record<string, unknown>, id = 'R1'): Letter => ({
  key: action,
  path: `/api/v1/rounds/${id}/${action}`,
  body,
  what: action,
});

describe('a round with letters on their way', () => {
  it('shows what was tapped as if it had arrived', () => {
    const now = roundNow(
      ROUND,
      [
        letter('check-in', { place: 'k1', by: 'hand' }),
        letter('look', { place: 'k1', item: 0, verdict: 'bad' }),
        letter('check-in', { place: 'lamp-1', by: 'qr' }),
        letter('check-in', { place: 'b3' }, 'R11'),
      ],
      0,
    );
    expect(now.route.map(stateOf)).toEqual(['seen', 'seen', 'open']);
    expect([now.seen, now.bad]).toEqual([2, 1]);
    expect(nextPlace(now, 'lamp-1')?.at).toBe('b3');
  });

  it('goes on round the route to what was left out', () => {
    expect(nextPlace(ROUND)?.at).toBe('k1');
    expect(nextPlace(ROUND, 'b3')?.at).toBe('k1');
    const seen = roundNow(ROUND, [letter('check-in', { place: 'lamp-1' })], 0);
    expect(nextPlace(seen, 'k1')?.at).toBe('b3');
  });
});

describe('the code of a label', () => {
  it.each([
    ['https://luyuan.example/r/k1', 'k1'],
    ['https://luyuan.example/r/k1?lang=en#x', 'k1'],
    ['http://10.0.0.5:8080/patrol/at/lamp-07', 'lamp-07'],
    [' k1 ', 'k1'],
    ['/r/%E6%A5%BC', '楼'],
    ['/r/%E6%A', '%E6%A'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['', ''],
  ])('%s says %s', (text, code) => {
    expect(codeIn(text)).toBe(code);
  });
});
