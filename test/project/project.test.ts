import { describe, expect, it } from 'vitest';
import type { Asset } from '../../gateway/domain/asset.ts';
import type { Kilograms } from '../../gateway/domain/quantity.ts';
import type { Doubt } from '../../gateway/domain/reading.ts';
import { DOUBTS } from '../../gateway/domain/reading.ts';
import { project } from '../../gateway/project/index.ts';
import { reading } from '../fakes/folded-site.ts';
import { BIN, clock, LAMP } from '../fakes/small-site.ts';

const said = (quantity: 'distance' | 'gross' | 'fill' | 'power', value: number, doubt?: Doubt) =>
  reading({ asset: BIN.id, quantity, value, at: clock('10:00'), ...(doubt && { doubt }) });

const { emptyMm: _empty, tareKg: _tare, ...bareBin } = BIN;
const bareScale: Asset = { kind: 'scale', id: 'k1-scale', name: '台秤', station: 'k1' };
const scale: Asset = { ...bareScale, tareKg: 20 as Kilograms };

describe('what follows from a reading', () => {
  it.each<[string, Asset, ReturnType<typeof said>, unknown[]]>([
    [
      'a distance into a bin is its fill',
      BIN,
      said('distance', 600),
      [{ quantity: 'fill', value: 0.5 }],
    ],
    [
      'a gross weight of a bin is its net weight',
      BIN,
      said('gross', 31.25),
      [{ quantity: 'net', value: 17.05 }],
    ],
    [
      'a gross weight on a scale is its net weight',
      scale,
      said('gross', 19.9),
      [{ quantity: 'net', value: -0.1 }],
    ],
    ['a bin without geometry has no fill', bareBin, said('distance', 600), []],
    ['a bin without tare has no net weight', bareBin, said('gross', 31.25), []],
    ['a scale without tare has no net weight', bareScale, said('gross', 31.25), []],
    ['a fill that was measured is taken as it is', BIN, said('fill', 0.5), []],
    ['a lamp has no fill, whatever it says', LAMP, said('distance', 600), []],
    ['a draw is a draw', LAMP, said('power', 28), []],
  ])('%s', (_, asset, record, derived) => {
    expect(project(asset, record)).toEqual(derived);
  });

  it.each(DOUBTS)('nothing, where the reading is doubted: %s', (doubt) => {
    expect(project(BIN, said('distance', 600, doubt))).toEqual([]);
  });
});
