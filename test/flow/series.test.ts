import { expect, it } from 'vitest';
import { createStanding } from '../../gateway/domain/standing.ts';
import { createSeriesBook } from '../../gateway/flow/series.ts';
import { createWatching } from '../../gateway/rules/watching.ts';
import { NOTHING_SAVED, reading } from '../fakes/folded-site.ts';
import { clock, COMPOUND, SMALL_SITE } from '../fakes/small-site.ts';

const at = clock('12:00');
const watching = createWatching(SMALL_SITE, SMALL_SITE.rules, createStanding(NOTHING_SAVED));

it('whatever the order in which devices speak, each reading finds its own series', () => {
  const book = createSeriesBook(COMPOUND, watching);
  const said = ['lamp-1', 'lamp-2', 'k1-wet'].flatMap((asset) =>
    (['power', 'on', 'leak'] as const).map((quantity) =>
      reading({ asset, quantity, value: 1, at }),
    ),
  );
  const first = new Map(said.map((one) => [one, book.of(one)]));
  expect(new Set(first.values()).size).toBe(said.length);
  // In order, backwards, and each twice: what came next the last time does not come next now.
  for (const one of [...said, ...said.toReversed(), ...said.flatMap((one) => [one, one])]) {
    const series = book.of(one);
    expect(series).toBe(first.get(one));
    expect([series.speaker.id, series.asset, series.quantity]).toEqual([
      one.device,
      one.asset,
      one.quantity,
    ]);
  }
});

it('one asset that two devices tell of is two series', () => {
  const book = createSeriesBook(COMPOUND, watching);
  const one = reading({ asset: 'lamp-1', quantity: 'power', value: 1, at });
  const other = { ...one, device: 'lamp-2' };
  expect(book.of(one)).not.toBe(book.of(other));
  expect(book.of(one).touched).toBe(book.of(other).touched);
});

it('what nobody knows any more has no rules and no books', () => {
  const book = createSeriesBook(COMPOUND, watching);
  const series = book.of(reading({ asset: 'gone', quantity: 'fill', value: 1, at }));
  expect(series).toMatchObject({ isBooked: false, touched: [] });
});
