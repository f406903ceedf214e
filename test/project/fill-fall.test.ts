import { describe, expect, it } from 'vitest';
import type { FillLevel } from '../../gateway/domain/fill-level.ts';
import { instant } from '../../gateway/domain/time.ts';
import { hearFill, type FillHeard } from '../../gateway/project/fill-fall.ts';

const START = Date.UTC(2026, 10, 22);

/** Percent, one reading every so many minutes; a pause where there is none. */
function emptyings(levels: readonly (number | undefined)[], everyMin: number) {
  let state: FillLevel | undefined;
  const found: (readonly [reading: number, before: number, after: number])[] = [];
  levels.forEach((percent, index) => {
    if (percent === undefined) return;
    const at = instant(START + index * everyMin * 60_000);
    const heard: FillHeard = hearFill(state, { at, fill: percent / 100 });
    state = heard.state;
    const { emptied, revoked } = heard;
    const readingOf = (moment: number): number => (moment - START) / 60_000 / everyMin;
    if (revoked !== undefined)
      found.splice(
        found.findIndex(([one]) => one === readingOf(revoked)),
        1,
      );
    if (emptied)
      found.push([
        readingOf(emptied.at),
        Math.round(emptied.fillBefore * 100),
        Math.round(emptied.fillAfter * 100),
      ]);
  });
  return found;
}

const rises = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
const stays = (percent: number, count: number): number[] =>
  Array.from({ length: count }, () => percent);

describe('a bin with a fill sensor', () => {
  it('was emptied where its fill fell in one step and stayed', () => {
    expect(emptyings([...rises(20, 70, 20), ...stays(2, 5)], 60)).toEqual([[20, 70, 2]]);
    expect(emptyings([...rises(20, 70, 20), ...stays(2, 5)], 10)).toEqual([[20, 70, 2]]);
  });

  it('was emptied in part where a good part went', () => {
    expect(emptyings([...rises(50, 85, 20), ...stays(40, 5)], 10)).toEqual([[20, 85, 40]]);
  });

  it('was emptied though people came at once', () => {
    expect(emptyings([...rises(50, 90, 20), 4, 12, 18, 25, 30], 30)).toEqual([[20, 90, 4]]);
  });

  it('was emptied in an outage where it is low after it', () => {
    const told = [
      ...rises(50, 90, 20),
      ...Array.from({ length: 50 }, () => undefined),
      ...stays(10, 4),
    ];
    expect(emptyings(told, 30)).toEqual([[70, 90, 10]]);
  });

  it('was not emptied by bad echoes, one or three in a row', () => {
    const bad = [...stays(60, 10), 0, ...stays(61, 5), 0, 3, 0, ...stays(62, 10)];
    expect(emptyings(bad, 1)).toEqual([]);
    expect(emptyings([...stays(60, 10), 0, ...stays(61, 5)], 60)).toEqual([]);
  });

  it('was not emptied where echoes that were bad for hours come right again', () => {
    expect(emptyings([...stays(60, 10), ...stays(0, 3), ...stays(61, 5)], 60)).toEqual([]);
  });

  it('was not emptied where its sensor is stuck', () => {
    expect(emptyings(stays(60, 500), 10)).toEqual([]);
  });

  it('was not emptied where a heap settles over hours', () => {
    expect(emptyings([...stays(63, 10), 52, 45, 45, 44, 44, 43], 60)).toEqual([]);
    expect(emptyings([...stays(15, 10), 10, 7, 5, 4, 4], 60)).toEqual([]);
  });

  it('was not emptied by noise of its own size', () => {
    const noisy = Array.from({ length: 400 }, (_, index) => 30 + 8 * Math.sin(index * 12.9898));
    expect(emptyings(noisy, 10)).toEqual([]);
  });

  it('goes on from a high echo as if it had not been', () => {
    expect(emptyings([...stays(30, 10), 100, ...stays(30, 5)], 10)).toEqual([]);
  });
});
