import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { milliseconds, seconds } from '../../gateway/domain/time.ts';
import type { Instant } from '../../gateway/domain/time.ts';
import { parseRecordingMap } from '../../gateway/sources/recording-map.ts';
import { createRecordingSource } from '../../gateway/sources/recording.ts';
import type { RecordingSettings } from '../../gateway/sources/recording.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { handIntake } from '../fakes/hand-intake.ts';
import { temporaryFolder, until } from '../tools.ts';

const CSV_MAP = `
format: csv
time: { column: time }
asset: { column: bin }
quantities:
  fill: { column: fill, unit: "%" }
  distance: { column: echo, unit: cm }
`;

function scene(
  text: string,
  map = CSV_MAP,
  changes: Partial<RecordingSettings> = {},
  intake = handIntake(),
) {
  const file = path.join(temporaryFolder(), 'recorded');
  writeFileSync(file, text);
  const parsed = parseRecordingMap(map);
  if (parsed.kind !== 'map') throw new Error(JSON.stringify(parsed.mistakes));
  const clock = handClock('2026-11-02T12:00:00+08:00');
  const moments: Instant[] = [];
  const settings: RecordingSettings = {
    id: 'recording',
    file,
    map: parsed.map,
    assets: new Set(['a', 'b']),
    speed: 'max',
    ...changes,
  };
  const source = createRecordingSource(settings, {
    intake,
    clock,
    onMoment: (moment) => void moments.push(moment),
  });
  return { source, intake, clock, moments };
}

async function played(...scenery: Parameters<typeof scene>) {
  const { source, intake, moments } = scene(...scenery);
  await source.start();
  await source.whenDone();
  const offered = intake.offered.map(({ device, damage, receivedAt }, index) => ({
    at: new Date(receivedAt).toISOString().slice(11, 19),
    says: damage ?? `${device} ${intake.texts()[index]?.replace(/"at":\d+,/, '')}`,
  }));
  return { source, intake, offered: offered.map(({ at, says }) => `${at} ${says}`), moments };
}

const HEAD = 'time,bin,fill,echo\n';
const row = (time: string, rest: string): string => `2021-08-21T${time}Z,${rest}\n`;

describe('a recorded row', () => {
  it('is offered as its device would have said it, at its own moment', async () => {
    const { intake } = await played(HEAD + row('18:09:30', 'a,57,13'));
    expect(intake.offered).toEqual([
      {
        source: 'recording',
        device: 'a',
        receivedAt: Date.UTC(2021, 7, 21, 18, 9, 30),
        bytes: Buffer.from(`{"at":${Date.UTC(2021, 7, 21, 18, 9, 30)},"fill":0.57,"distance":130}`),
      },
    ]);
  });

  it('comes in the order of its moment; rows of one moment in the order of the file', async () => {
    const text = HEAD + row('10:02:00', 'a,2,') + row('10:01:00', 'b,1,') + row('10:02:00', 'b,3,');
    const { offered, moments } = await played(text);
    expect(offered).toEqual([
      '10:01:00 b {"fill":0.01}',
      '10:02:00 a {"fill":0.02}',
      '10:02:00 b {"fill":0.03}',
    ]);
    expect(moments).toHaveLength(2);
  });

  it('is offered with its damage where it cannot be a message', async () => {
    const { offered, source } = await played(
      HEAD +
        row('10:00:00', 'a,1,') +
        'noon,a,2,\n' +
        row('10:00:10', 'stranger,3,') +
        row('10:00:20', ',4,') +
        row('10:00:30', 'a,,') +
        row('10:00:40', 'a,5') +
        row('10:00:50', 'a,full,7') +
        '\n' +
        row('10:01:00', 'a,6,'),
    );
    expect(offered).toEqual([
      '10:00:00 a {"fill":0.01}',
      '10:00:00 bad-time',
      '10:00:10 unknown-asset',
      '10:00:20 unknown-asset',
      '10:00:30 empty',
      '10:00:30 malformed',
      '10:00:50 a {"fill":"full","distance":70}',
      '10:01:00 a {"fill":0.06}',
    ]);
    expect(source.summary()).toEqual({ rows: 8, skipped: 0 });
    expect(source.health()).toMatchObject({ state: 'up', heard: 8, lost: 0 });
  });

  it('is skipped and counted where only some are wanted', async () => {
    const { offered, source } = await played(
      HEAD + row('10:00:00', 'a,1,') + row('10:00:10', 'b,2,') + 'noon,b,3,\n',
      `${CSV_MAP}only: { bin: a }\n`,
    );
    expect(offered).toEqual(['10:00:00 a {"fill":0.01}']);
    expect(source.summary()).toEqual({ rows: 3, skipped: 2 });
  });
});

describe('a recorded file', () => {
  it('may have a byte order mark, quotes, CR LF and another delimiter', async () => {
    const text = '\uFEFF"time";bin;fill;echo\r\n2021-08-21T10:00:00Z;"a";"5";"1;3"\r\n';
    const map = CSV_MAP.replace('csv', 'csv\ndelimiter: ";"');
    expect((await played(text, map)).offered).toEqual([
      '10:00:00 a {"fill":0.05,"distance":"1;3"}',
    ]);
  });

  it('may be JSON lines', async () => {
    const map = CSV_MAP.replace('csv', 'jsonl');
    const text = [
      '{"time":"2021-08-21T10:00:00Z","bin":"a","fill":57,"echo":null}',
      '{"time":"2021-08-21T10:00:10Z","bin":"b","fill":true,"echo":"12"}',
      'not json',
      '[1]',
    ].join('\n');
    expect((await played(text, map)).offered).toEqual([
      '10:00:00 a {"fill":0.57}',
      '10:00:10 b {"fill":true,"distance":120}',
      '10:00:10 not-json',
      '10:00:10 malformed',
    ]);
  });

  it('may be one FeatureCollection or several', async () => {
    const map = CSV_MAP.replace('csv', 'geojson').replace(/ {2}distance.*\n/, '');
    const feature = (time: string, fill: number) => ({
      type: 'Feature',
      properties: { time: `2021-08-21T${time}Z`, bin: 'a', fill },
    });
    const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
    const one = collection(feature('10:00:00', 1), { type: 'Feature', properties: null });
    expect((await played(JSON.stringify(one), map)).offered).toEqual([
      '10:00:00 a {"fill":0.01}',
      '10:00:00 malformed',
    ]);
    const two = [collection(feature('10:05:00', 2)), collection(feature('10:00:00', 1))];
    expect((await played(JSON.stringify(two), map)).offered).toEqual([
      '10:00:00 a {"fill":0.01}',
      '10:05:00 a {"fill":0.02}',
    ]);
  });

  it.each([
    [
      'lacks a column of the map',
      'time,bin,fill\n2021-08-21T10:00:00Z,a,1\n',
      'no column echo; it has time, bin, fill',
    ],
    ['names a column twice', 'time,bin,fill,fill\n1,2,3,4\n', 'two columns are named fill'],
    [
      'has times without a zone',
      `${HEAD}2021-08-21T10:00,a,1,2\n`,
      'time without a zone: 2021-08-21T10:00',
    ],
    ['is empty', '', 'no column time, bin, fill, echo'],
    ['leaves a quote open', `${HEAD}"2021-08-21,a,1,2\n`, 'not csv: '],
  ])('that %s is refused whole, before anything is offered', async (_title, text, why) => {
    const { source, intake } = scene(text);
    await source.start();
    await expect(source.whenDone()).rejects.toMatchObject({
      code: 'recording-unreadable',
      message: expect.stringContaining(why),
    });
    expect(source.health()).toMatchObject({ state: 'down', why: expect.stringContaining(why) });
    expect(intake.offered).toEqual([]);
  });

  it('that is not there is a fault with its cause', async () => {
    const { source } = scene('', CSV_MAP, { file: '/nowhere/recorded.csv' });
    await source.start();
    await expect(source.whenDone()).rejects.toMatchObject({
      message: expect.stringMatching(/^reading \/nowhere\/recorded\.csv: ENOENT/),
      cause: expect.objectContaining({ code: 'ENOENT' }),
    });
  });
});

describe('the pace', () => {
  const many = (count: number): string =>
    HEAD +
    Array.from({ length: count }, (_, n) => `${new Date(n * 1000).toISOString()},a,1,\n`).join('');

  it('at most, leaves no more than a thousand rows unanswered', async () => {
    const intake = handIntake('by hand');
    const { source } = scene(many(1500), CSV_MAP, {}, intake);
    await source.start();
    await until('it waits', () => intake.waiting() === 1000);
    expect(intake.offered).toHaveLength(1000);
    intake.answerAll();
    await source.whenDone();
    expect(intake.offered).toHaveLength(1500);
  });

  it('of ten times the real one keeps the gaps between rows', async () => {
    const text = HEAD + row('10:00:00', 'a,1,') + row('10:00:10', 'a,2,') + row('10:01:10', 'a,3,');
    const { source, intake, clock } = scene(text, CSV_MAP, { speed: 10 });
    await source.start();
    await until('the first is offered', () => intake.offered.length === 1);
    clock.moveBy(milliseconds(999));
    await Promise.resolve();
    expect(intake.offered).toHaveLength(1);
    clock.moveBy(milliseconds(1));
    await until('the second is offered', () => intake.offered.length === 2);
    clock.moveBy(seconds(6));
    await source.whenDone();
    expect(intake.offered).toHaveLength(3);
  });

  it('ends at once when it is stopped', async () => {
    const text = HEAD + row('10:00:00', 'a,1,') + row('11:00:00', 'a,2,');
    const { source, intake } = scene(text, CSV_MAP, { speed: 1 });
    await source.start();
    await until('the first is offered', () => intake.offered.length === 1);
    await source.stop();
    await source.whenDone();
    expect(intake.offered).toHaveLength(1);
  });

  it('ends where the store takes nothing more, with the store’s fault', async () => {
    const { source, intake } = scene(many(3000));
    intake.answerAll(new Fault('store-write-failed', 'disk full'));
    await source.start();
    await expect(source.whenDone()).rejects.toMatchObject({ code: 'store-write-failed' });
    expect(source.health()).toMatchObject({ state: 'down', why: 'disk full' });
    expect(intake.offered.length).toBeLessThanOrEqual(1000);
  });
});
