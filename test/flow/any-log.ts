// Logs of a small site on bad days: readings, doubts, lost lines, people, restarts, in any order.
import * as fc from 'fast-check';
import type { Entry } from '../../gateway/domain/record.ts';
import {
  earlier,
  instant,
  milliseconds,
  minutes,
  type Instant,
} from '../../gateway/domain/time.ts';
import { command, line, reading, started, tick } from '../fakes/folded-site.ts';
import { clock, LAMPS } from '../fakes/small-site.ts';

type Happening = (at: Instant) => Entry;

const lamp = fc.constantFrom(...LAMPS);
const doubt = fc.option(fc.constantFrom('jump' as const, 'late' as const), {
  nil: undefined,
  freq: 8,
});
const lateBy = fc.constantFrom(0, 0, 0, 0, 5, 60).map(minutes);

const said = (
  asset: fc.Arbitrary<string>,
  quantity: 'fill' | 'distance' | 'power' | 'leak',
  values: readonly number[],
) =>
  fc.record({ asset, value: fc.constantFrom(...values), doubt, lateBy }).map(
    ({ doubt, lateBy, ...what }): Happening =>
      (at) =>
        reading({
          ...what,
          quantity,
          at,
          observedAt: earlier(at, lateBy),
          ...(doubt && { doubt }),
        }),
  );

const toAlarm = fc
  .record({
    number: fc.integer({ min: 1, max: 6 }),
    action: fc.constantFrom(
      'acknowledge',
      'acknowledge',
      'shelve',
      'unshelve',
      'take-out',
      'put-back',
    ),
    span: fc.integer({ min: 1, max: 90 }),
  })
  .map(
    ({ number, action, span }): Happening =>
      (at) =>
        command({
          on: 'alarm',
          id: `A${number}`,
          action,
          at,
          body: { reason: 'rain', until: at + minutes(span) },
        }),
  );

/** Somebody is at work on a lamp, its circuit or a bin, for a while or until they say so. */
const atWork = fc
  .record({
    id: fc.constantFrom('k1-wet', 'lamp-1', 'c1'),
    action: fc.constantFrom('maintain', 'maintain', 'release'),
    span: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
  })
  .map(
    ({ id, action, span }): Happening =>
      (at) =>
        command({
          on: 'asset',
          id,
          action,
          at,
          body: { reason: 'painting', ...(span !== undefined && { until: at + minutes(span) }) },
        }),
  );

const toTicket = fc
  .record({
    number: fc.integer({ min: 1, max: 6 }),
    action: fc.constantFrom('take', 'rectify', 'reopen', 'decline', 'wait', 'comment'),
  })
  .map(
    ({ number, action }): Happening =>
      (at) =>
        command({ on: 'ticket', id: `T${number}`, action, at, body: { note: 'so', for: 'parts' } }),
  );

const aLine = fc
  .record({
    id: fc.constantFrom('bins-line', 'lights-line'),
    state: fc.constantFrom('up' as const, 'down' as const),
  })
  .map(
    ({ id, state }): Happening =>
      (at) =>
        line(id, state, at),
  );

const open: Happening = (at) =>
  command({
    on: 'ticket',
    action: 'raise',
    at,
    body: { category: 'lamp', asset: 'lamp-1', title: '灯坏了' },
  });

/** A resident tells of something, and says later what became of it. */
const byResident = fc
  .record({
    number: fc.integer({ min: 1, max: 4 }),
    action: fc.constantFrom('raise', 'raise', 'add', 'rate'),
    spot: fc.constantFrom('lamp-1', 'k1', 'nowhere'),
    reopen: fc.boolean(),
  })
  .map(({ number, action, spot, reopen }): Happening => {
    const digest = `${number}`.repeat(64);
    const id = digest.slice(0, 16);
    const category = spot === 'k1' ? 'bin-full' : 'lamp';
    const telling = { secretDigest: digest, spot, category, kind: 'fault', via: 'page' };
    const body = { ...telling, words: 'so', photos: [], stars: 3, note: 'no', reopen };
    return (at) =>
      command({ on: 'report', id, action, at, by: `resident:${id}`, role: 'resident', body });
  });

const happening = fc.oneof(
  { weight: 6, arbitrary: said(fc.constant('k1-wet'), 'fill', [0.1, 0.7, 0.8, 0.95]) },
  { weight: 3, arbitrary: said(fc.constant('k1-wet'), 'distance', [210, 412, 413, 900]) },
  { weight: 9, arbitrary: said(lamp, 'power', [0.2, 0.2, 28]) },
  { weight: 2, arbitrary: said(lamp, 'leak', [5, 25, 40]) },
  { weight: 2, arbitrary: aLine },
  { weight: 3, arbitrary: toAlarm },
  { weight: 3, arbitrary: byResident },
  { weight: 1, arbitrary: atWork },
  { weight: 2, arbitrary: toTicket },
  { weight: 1, arbitrary: fc.constant(open) },
  { weight: 1, arbitrary: fc.constant<Happening>(started) },
  { weight: 2, arbitrary: fc.constant<Happening>(tick) },
);

/** Most come within seconds, some after minutes, a few where the clock was set back. */
const pause = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  { weight: 4, arbitrary: fc.constantFrom(59_999, 60_000, 60_001, 599_999, 600_000, 600_001) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 3 * 3_600_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -3_600_000, max: 0 }) },
);

export const anyLog = fc
  .array(fc.tuple(pause, happening), { minLength: 1, maxLength: 60 })
  .map((steps): Entry[] => {
    let at = clock('18:00');
    const entries = steps.map(([wait, happen]) => {
      at = instant(at + milliseconds(wait));
      return happen(at);
    });
    return [started(clock('17:59')), ...entries];
  });
