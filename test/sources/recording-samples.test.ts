// Other people's recordings, through our own maps: every row accounted for, one bin by hand.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRecordingMap } from '../../gateway/sources/recording-map.ts';
import { createRecordingSource } from '../../gateway/sources/recording.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { handIntake } from '../fakes/hand-intake.ts';
import { ROOT, samplesFolder } from '../tools.ts';

interface Expected {
  readonly file: string;
  readonly rows: number;
  readonly skipped: number;
  readonly readings: number;
  readonly doubted: Record<string, number>;
  readonly asset: string;
  readonly fill: Record<'first' | 'last' | 'highest', [at: string, fill: number]>;
}

const samples = samplesFolder();
/** The basket's geometry, from its site file: the other two say their fill themselves. */
const fillOfEcho = (mm: number): number => Math.round(((170 - mm) / 150) * 1e4) / 1e4;

describe.skipIf(samples === undefined)('the recording of', () => {
  it.each(['randwick', 'trashcan', 'wyndham'])('%s gives what its file says', async (name) => {
    const folder = path.join(ROOT, 'test/recorded', name);
    const parsed = parseRecordingMap(readFileSync(path.join(folder, 'map.yaml'), 'utf8'));
    const expected = JSON.parse(
      readFileSync(path.join(folder, 'expected.json'), 'utf8'),
    ) as Expected;
    const site = readFileSync(path.join(folder, 'site.yaml'), 'utf8');
    if (parsed.kind !== 'map') throw new Error(JSON.stringify(parsed.mistakes));
    const intake = handIntake();
    const source = createRecordingSource(
      {
        id: 'recording',
        file: path.join(samples ?? '', 'datasets', expected.file),
        map: parsed.map,
        assets: new Set(
          [...site.matchAll(/- \{ id: "?([\w-]+)"?, stream/g)].map(([, id]) => id ?? ''),
        ),
        speed: 'max',
      },
      { intake, clock: handClock('2026-11-02T12:00:00+08:00') },
    );
    await source.start();
    await source.whenDone();

    expect(source.summary()).toEqual({ rows: expected.rows, skipped: expected.skipped });
    expect(intake.offered.filter(({ damage }) => damage !== undefined)).toEqual([]);
    const said = intake.texts().map((text) => JSON.parse(text) as Record<string, number>);
    const quantities = said.flatMap((message) =>
      Object.keys(message).filter((key) => key !== 'at'),
    );
    expect(quantities).toHaveLength(expected.readings);
    const moments = intake.offered.map(({ receivedAt }) => receivedAt);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));

    const fills = said
      .filter((_, index) => intake.offered[index]?.device === expected.asset)
      .filter(({ distance }) => distance !== 0)
      .map(({ at = 0, fill, distance }): [string, number] => [
        new Date(at).toISOString(),
        fill ?? fillOfEcho(distance ?? NaN),
      ]);
    expect(fills.at(0)).toEqual(expected.fill.first);
    expect(fills.at(-1)).toEqual(expected.fill.last);
    expect(fills.toSorted((a, b) => b[1] - a[1])[0]).toEqual(expected.fill.highest);
  });
});
