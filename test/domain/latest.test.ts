import { expect, it } from 'vitest';
import { hearLatest, type LatestPlace } from '../../gateway/domain/latest.ts';
import type { Doubt } from '../../gateway/domain/reading.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { later, minutes, type Instant } from '../../gateway/domain/time.ts';
import { NOTHING_SAVED, reading } from '../fakes/folded-site.ts';
import { clock } from '../fakes/small-site.ts';

const noon = clock('12:00');

function listening() {
  const { assets, ...standing } = createStanding(NOTHING_SAVED);
  const place = (): LatestPlace => ({ asset: 'k1-wet', quantity: 'fill', every: minutes(1) });
  const one = place();
  return {
    assets,
    standing,
    place,
    hear(
      value: number,
      at: Instant,
      { by = one, doubt }: { by?: LatestPlace; doubt?: Doubt } = {},
    ) {
      const said = { asset: 'k1-wet', quantity: 'fill', value, at } as const;
      hearLatest(assets, by, reading({ ...said, ...(doubt && { doubt }) }));
    },
    fill: () => assets.get('k1-wet')?.latest.fill,
  };
}

it.each([
  ['when it was first heard, where it is repeated', 5, 0],
  ['anew, where it was silent for longer than five of its intervals', 5 + 1 / 60_000, 1],
])('since when a value stands counts from %s', (_, silence, changes) => {
  const it = listening();
  const again = later(noon, minutes(silence));
  it.hear(0.5, noon);
  it.hear(0.5, again);
  expect(it.fill()?.changedAt).toBe(changes ? again : noon);
});

it('a doubted value gives way to a believed one, and never the other way round', () => {
  const it = listening();
  it.hear(0.4, noon, { doubt: 'jump' });
  expect(it.fill()).toMatchObject({ value: 0.4, doubt: 'jump' });
  it.hear(0.5, noon);
  it.hear(0.6, noon, { doubt: 'jump' });
  const at = { observedAt: noon, receivedAt: noon, changedAt: noon };
  expect(it.fill()).toEqual({ value: 0.5, ...at });
});

it('two devices that tell the same quantity tell of one value', () => {
  const it = listening();
  const other = it.place();
  it.hear(0.5, noon);
  it.hear(0.6, later(noon, minutes(1)), { by: other });
  it.hear(0.6, later(noon, minutes(2)));
  expect(it.fill()).toMatchObject({ value: 0.6, changedAt: later(noon, minutes(1)) });
});

it('where somebody else put all of an asset anew, it goes on from there', () => {
  const it = listening();
  it.hear(0.5, noon);
  it.assets.put('k1-wet', { latest: {} });
  expect(it.fill()).toBeUndefined();
  it.hear(0.5, later(noon, minutes(1)));
  expect(it.fill()?.changedAt).toBe(later(noon, minutes(1)));
});

it('each save has what was heard since the last', () => {
  const it = listening();
  const saved = () => it.standing.takeChanges().puts.map(([key]) => key);
  it.hear(0.5, noon);
  it.hear(0.6, noon);
  expect(saved()).toEqual(['asset:k1-wet']);
  expect(saved()).toEqual([]);
  it.hear(0.6, noon);
  expect(it.standing.takeTouched()).toEqual([{ kind: 'asset', id: 'k1-wet' }]);
  expect(saved()).toEqual(['asset:k1-wet']);
});
