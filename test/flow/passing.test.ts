// Dusk over a street of lamps: nobody says a word, and every one of them should now be lit.
import { expect, it } from 'vitest';
import { instant, seconds, type Instant } from '../../gateway/domain/time.ts';
import { createPassing } from '../../gateway/flow/passing.ts';
import { foldedSite } from '../fakes/folded-site.ts';
import { smallCompound } from '../fakes/small-compound.ts';
import { COMPOUND, SMALL_SITE } from '../fakes/small-site.ts';

const NOON = instant(Date.parse('2026-11-20T12:00:00+08:00'));
const LAMPS = 120;

function street() {
  let isDark = false;
  const lamp = [...COMPOUND.assets.values()].find(({ kind }) => kind === 'lamp')!;
  const assets = new Map(
    Array.from({ length: LAMPS }, (_, index) => [`l${index}`, { ...lamp, id: `l${index}` }]),
  );
  const compound = { ...COMPOUND, assets };
  const passing = createPassing({
    scene: {
      compound,
      rules: new Map(),
      standing: foldedSite(SMALL_SITE).standing,
      shouldBeOn: (_lamp: unknown, _at: Instant) => isDark,
      deviceOf: new Map(),
    },
    clock: { now: () => NOON },
    site: () => smallCompound(NOON).site,
    sources: () => [],
  });
  return { passing, darken: () => void (isDark = true) };
}

it('comes round to each lamp in a second, at most fifty at a time, and tells of each once', () => {
  const { passing, darken } = street();
  const looks = seconds(1) / passing.every;
  expect(looks).toBeGreaterThanOrEqual(LAMPS / 50);
  const round = (): string[][] =>
    Array.from({ length: looks }, () =>
      passing.look().map(({ data }) => ('id' in data ? data.id : '')),
    );
  expect(round().flat()).toEqual([]); // as they stand they are known from now on
  darken();
  const told = round();
  expect(told.every((ids) => ids.length <= 50)).toBe(true);
  expect(told.flat()).toEqual(Array.from({ length: LAMPS }, (_, index) => `l${index}`));
  expect(round().flat()).toEqual([]);
});
