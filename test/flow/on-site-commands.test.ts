// What may be done on site, asked of the whole of it: checked, written, folded, answered.
import { describe, expect, it } from 'vitest';
import { createStanding } from '../../gateway/domain/standing.ts';
import { instant, later, minutes, seconds } from '../../gateway/domain/time.ts';
import type { Ask } from '../../gateway/flow/command.ts';
import { createCommands } from '../../gateway/flow/commands.ts';
import { createStep } from '../../gateway/flow/step.ts';
import { createWeighedDesk } from '../../gateway/flow/weights/weighed-desk.ts';
import type { Log } from '../../gateway/store/log.ts';
import { NOTHING_SAVED, reading } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { memoryHappenings } from '../fakes/memory-happenings.ts';
import { SMALL_SITE } from '../fakes/small-site.ts';

const wang = { by: 'wang', role: 'engineer' };

function house() {
  const clock = handClock('2026-11-02T10:00:00+08:00');
  const standing = createStanding(NOTHING_SAVED);
  const step = createStep({ ...SMALL_SITE, rules: [] }, standing);
  const happenings = memoryHappenings();
  let sequence = 0;
  const append: Log['append'] = async (entries) => {
    for (const entry of entries) step.fold({ ...entry, sequence: ++sequence });
    return sequence;
  };
  const settled = async (): Promise<void> =>
    happenings.put(standing.takeChanges().happenings ?? []);
  const commands = createCommands({ log: { append }, standing, clock, settled });
  const scene = { compound: SMALL_SITE.compound, standing };
  const desk = createWeighedDesk({ scene, books: happenings.books, commands });
  return {
    clock,
    standing,
    desk,
    does: (action: Parameters<typeof desk.onSite>[0]['action'], more: Partial<Ask> = {}) =>
      desk.onSite({ id: 'k1-wet', body: {}, actor: wang, ...more, action }),
    rests(kg: number) {
      for (let second = 0; second < 60; second += 5) {
        const at = later(instant(clock.now()), seconds(5));
        clock.moveBy(seconds(5));
        step.fold({
          ...reading({ asset: 'k1-wet', quantity: 'gross', value: 14.2 + kg, at }),
          sequence: ++sequence,
        });
      }
    },
  };
}

const status = (answer: { ok: boolean; status?: number }): number =>
  answer.ok ? 200 : answer.status!;

describe('on site', () => {
  it('the same key twice is done once', async () => {
    const { does, desk } = house();
    await does('collected', { key: 'k' });
    await does('collected', { key: 'k' });
    const found = await desk.weighed({ kind: 'collection' });
    expect(found).toMatchObject({
      ok: true,
      value: [{ by: 'tap', person: 'wang', station: 'k1' }],
    });
  });

  it('what was said by mistake is taken back for a quarter of an hour', async () => {
    const { does, desk, clock } = house();
    expect(status(await does('not-collected'))).toBe(409);
    await does('collected');
    expect(status(await does('not-collected'))).toBe(200);
    expect(await desk.weighed({ kind: 'collection' })).toEqual({ ok: true, value: [] });
    await does('collected');
    clock.moveBy(minutes(16));
    expect(status(await does('not-collected'))).toBe(409);
  });

  it('a tare of now needs a weight that rests; one that is typed in does not', async () => {
    const { does, rests } = house();
    expect(status(await does('tare'))).toBe(409);
    expect(await does('tare', { body: { tareKg: 13 } })).toMatchObject({ value: { tareKg: 13 } });
    rests(1);
    expect(await does('tare')).toMatchObject({ ok: true, value: { tareKg: 15.2 } });
  });

  it('what is out is not taken out again, nor put back twice', async () => {
    const { does } = house();
    const reason = { body: { reason: 'torn' } };
    expect(status(await does('put-back'))).toBe(409);
    expect(await does('take-out', reason)).toMatchObject({ value: { state: 'out-of-service' } });
    expect(status(await does('take-out', reason))).toBe(409);
    expect(status(await does('collected'))).toBe(409);
    expect(await does('put-back')).toMatchObject({ value: { state: 'in-service' } });
  });

  it('each is an entry in the place’s history, newest first', async () => {
    const { does, desk, clock } = house();
    await does('swap', { body: { container: 'T-17', tareKg: 13 } });
    clock.moveBy(minutes(1));
    await does('change-device', { body: { from: 'k1', to: 'k1b', note: 'wet' } });
    expect(await desk.placeHistory('k1-wet', {})).toMatchObject({
      value: [
        { action: 'change-device', from: 'k1', to: 'k1b', note: 'wet', by: 'wang' },
        { action: 'swap', container: 'T-17', tareBeforeKg: 14.2, tareKg: 13 },
      ],
    });
  });

  it('a lamp has no tare, and what is not there has none either', async () => {
    const { desk } = house();
    for (const id of ['lamp-1', 'nowhere']) {
      const answer = await desk.onSite({ id, action: 'tare', body: {}, actor: wang });
      expect(status(answer)).toBe(404);
    }
  });
});

it('deposits are found by stream, and only by days that there are', async () => {
  const { desk, rests } = house();
  rests(5);
  rests(7);
  await desk.onSite({ id: 'k1-wet', action: 'collected', body: {}, actor: wang });
  const of = async (more: object) => {
    const answer = await desk.weighed({ kind: 'deposit', ...more });
    return answer.ok ? answer.value.map(({ kg }) => kg) : answer.status;
  };
  expect(await of({ stream: 'wet', from: '2026-11-02', to: '2026-11-02' })).toEqual([2]);
  expect(await of({ stream: 'dry' })).toEqual([]);
  expect(await of({ from: '2026-11-03' })).toEqual([]);
  expect(await of({ offset: 1 })).toEqual([]);
  expect(await of({ from: '2026-02-31' })).toBe(422);
});
