// Other people's recordings through our own pipeline. What must come out was worked out by hand from
// each file, for one of its bins, and is written down beside the map and the site.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DECODERS } from '../../gateway/decode/index.ts';
import { isMeasurement } from '../../gateway/domain/reading.ts';
import { replayRecording, type Replayed } from '../../gateway/replay.ts';
import { readSiteFile } from '../../gateway/site/load.ts';
import { parseRecordingMap } from '../../gateway/sources/recording-map.ts';
import { stored } from '../e2e/log-reader.ts';
import { ROOT, samplesFolder, temporaryFolder } from '../tools.ts';

/** `[moment, ratio]` */
type Point = readonly [string, number];

interface Expected {
  readonly file: string;
  readonly rows: number;
  readonly skipped: number;
  readonly readings: number;
  readonly doubted: Readonly<Record<string, number>>;
  readonly rejected: Readonly<Record<string, number>>;
  /** The bin that was checked by hand. */
  readonly asset: string;
  readonly fill: { readonly count: number } & Readonly<Record<'first' | 'last' | 'highest', Point>>;
  readonly alarms: readonly { rule: string; raisedAt: string; clearedAt?: string }[];
  readonly alarmsOfAll: number;
}

const samples = samplesFolder();

describe.runIf(samples !== undefined)('a recording', { timeout: 60_000 }, () => {
  describe.each(['randwick', 'trashcan', 'wyndham'])('%s', (name) => {
    const expected = JSON.parse(readFileSync(fileOf(name, 'expected.json'), 'utf8')) as Expected;

    it('gives the counts, alarms and fill that were worked out by hand', async () => {
      const { replayed, dir } = await play(name, expected);
      expect(replayed.readings).toBe(expected.readings);
      expect(replayed.skipped).toBe(expected.skipped);
      expect(replayed.rejected).toEqual(expected.rejected);
      expect(replayed.alarms).toHaveLength(expected.alarmsOfAll);
      expect(replayed.alarms.filter(({ asset }) => asset === expected.asset)).toEqual(
        expected.alarms.map((alarm) => ({ asset: expected.asset, ...alarm })),
      );
      expect(await doubtsIn(dir)).toEqual(expected.doubted);
      const fills = await fillsOf(dir, expected.asset);
      const highest = fills.reduce((most, fill) => (fill.value > most.value ? fill : most));
      expect({
        count: fills.length,
        first: pointOf(fills[0]),
        last: pointOf(fills.at(-1)),
        highest: pointOf(highest),
      }).toEqual(expected.fill);
    });

    it('gives the same when it is played again', async () => {
      const [once, again] = [await play(name, expected), await play(name, expected)];
      expect(again.replayed).toEqual(once.replayed);
    });
  });
});

const fileOf = (name: string, file: string): string => path.join(ROOT, 'test/recorded', name, file);

async function play(
  name: string,
  { file }: Expected,
): Promise<{ replayed: Replayed; dir: string }> {
  const { site } = readSiteFile(fileOf(name, 'site.yaml'), {
    decoders: DECODERS.map((decoder) => decoder.name),
  });
  const parsed = parseRecordingMap(readFileSync(fileOf(name, 'map.yaml'), 'utf8'));
  if (!site || parsed.kind !== 'map') throw new Error(`${name}: its site and map have no mistake`);
  const dir = temporaryFolder();
  const recording = path.join(samples ?? '', 'datasets', file);
  const replayed = await replayRecording({
    site,
    file: recording,
    map: parsed.map,
    dir,
    speed: 'max',
  });
  return { replayed, dir };
}

interface Fill {
  readonly observedAt: number;
  readonly value: number;
}

/** Measured or computed from a distance; what is doubted is no measurement. */
async function fillsOf(dir: string, asset: string): Promise<Fill[]> {
  const [measured, derived] = [await stored(dir, 'reading'), await stored(dir, 'derived')];
  return [...measured.filter(({ doubt }) => isMeasurement(doubt)), ...derived]
    .filter((fill) => fill.asset === asset && fill.quantity === 'fill')
    .sort((one, other) => one.observedAt - other.observedAt);
}

async function doubtsIn(dir: string): Promise<Record<string, number>> {
  const doubts = (await stored(dir, 'reading')).flatMap(({ doubt = [] }) => doubt);
  return Object.fromEntries(
    [...new Set(doubts)].map((doubt) => [doubt, doubts.filter((each) => each === doubt).length]),
  );
}

function pointOf(fill: Fill | undefined): Point | undefined {
  return fill && [new Date(fill.observedAt).toISOString(), Number(fill.value.toFixed(4))];
}
