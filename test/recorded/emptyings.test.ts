// When the bins of the Randwick recording were emptied, against lists that were made by looking at the
// raw hourly levels of each, and why each was taken for what it is:
//
// …AB65  68 68 68 → 0 1 2 2 4 at 16:00 on the third day: an emptying. All else rises or sinks by a
//        point or three an hour (45 42 41 40 in the evening of the second day): rubbish that settles.
// …AB64  65 65 65 → 0 0 1 1 3 at 17:00 on the third day. The evenings of the first two days sink from
//        26 to 21 and from 39 to 28 over hours, in no step over 5: settling.
// …AB66  57 57 → 0 3 5 4 at 17:00 on the third day. 63 → 52 → 45 in the night before, and then 45 for
//        a day: a heap that fell over, for nearly three quarters of it stayed.
// …AB63  21 21 → 11 6 13 16 at 17:00 on the third day, in the crew's hour: an emptying that took an
//        hour, or half of it. 15 → 10 7 5 4 in the first evening went on for four hours: settling.
// …AB62  never: 15 → 12 10 10 9 8 in the last evening is what AB63 did in the first.
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DECODERS } from '../../gateway/decode/index.ts';
import { replayRecording } from '../../gateway/replay.ts';
import { readSiteFile } from '../../gateway/site/load.ts';
import { parseRecordingMap } from '../../gateway/sources/recording-map.ts';
import { ROOT, samplesFolder, temporaryFolder } from '../tools.ts';

const samples = samplesFolder();

async function collectionsIn(name: string, file: string) {
  const folder = path.join(ROOT, 'test/recorded', name);
  const { site } = readSiteFile(path.join(folder, 'site.yaml'), {
    decoders: DECODERS.map((decoder) => decoder.name),
  });
  const parsed = parseRecordingMap(readFileSync(path.join(folder, 'map.yaml'), 'utf8'));
  if (!site || parsed.kind !== 'map') throw new Error(`${name}: its site and map have no mistake`);
  const recording = path.join(samples ?? '', 'datasets', file);
  const replayed = await replayRecording({
    site,
    file: recording,
    map: parsed.map,
    dir: temporaryFolder(),
    speed: 'max',
  });
  return replayed.collections;
}

describe.runIf(samples !== undefined)('the emptyings of a recording', { timeout: 60_000 }, () => {
  it('are those that were found by hand: Randwick', async () => {
    const found = await collectionsIn('randwick', 'randwick_first3days_5bins.csv');
    expect(
      found.map(({ asset, at, fillBefore, fillAfter }) => [
        asset.slice(-4),
        at,
        fillBefore,
        fillAfter,
      ]),
    ).toEqual([
      ['AB65', '2021-09-24T06:00:04.000Z', 0.68, 0],
      ['AB63', '2021-09-24T07:00:04.000Z', 0.21, 0.06],
      ['AB64', '2021-09-24T07:00:04.000Z', 0.65, 0],
      ['AB66', '2021-09-24T07:00:04.000Z', 0.57, 0],
    ]);
  });

  it.each([
    ['trashcan', 'smart_trashcan_esp32_lid_first2days.csv'],
    ['wyndham', 'wyndham_smart_bins_snapshots_2021-08.json'],
  ])('are none where nobody emptied anything: %s', async (name, file) => {
    expect(await collectionsIn(name, file)).toEqual([]);
  });
});
