// What a leap of the clock may do: nothing. Whatever waits goes on waiting where it stood.
import { describe, expect, it } from 'vitest';
import { days, hours, instant, minutes, moved, seconds } from '../../gateway/domain/time.ts';
import { leap, NOTHING_KNOWN, pass, YARD } from './clock-sites.ts';
import { bin, lamp, tell, type Story } from './told.ts';

const LEAPS = [
  ['three days ahead', days(3)],
  ['a day back', 0 - days(1)],
  ['three seconds ahead', seconds(3)],
] as const;

describe.each(LEAPS)('a clock that leaps %s', (_, byMs) => {
  it('neither shortens nor lengthens a hold', async () => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    await pass(story, minutes(4));
    await leap(story, byMs);
    expect(await story.alarms()).toEqual([]);
    await pass(story, minutes(6) - seconds(3));
    expect(await story.alarms()).toEqual([]);
    await pass(story, seconds(2));
    const [alarm, ...others] = await story.alarms();
    expect(others).toEqual([]);
    const due = moved(instant(Date.parse('2026-06-01T10:10:00+08:00')), byMs);
    expect(alarm).toMatchObject({ rule: 'bin-full', raisedAt: due });
    expect((await story.tickets())[0]).toMatchObject({ raisedAt: due });
  });

  it('calls nobody silent and nobody heard', async () => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    await story.at('10:00', bin('k1-wet').reads(0.2), lamp('lamp-07').draws(0));
    await pass(story, minutes(15));
    await leap(story, byMs);
    await story.hear(lamp('lamp-07').draws(0));
    await pass(story, minutes(5) - seconds(4));
    expect(await story.active()).toEqual([]);
    await pass(story, seconds(4));
    expect(await story.active()).toEqual(['silent k1-wet']);
  });

  it('leaves a shelf its length', async () => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    await story.at('10:10', bin('k1-wet').reads(0.92));
    const until = Date.parse('2026-06-01T10:40:00+08:00');
    const actor = { by: 'local', role: 'engineer' };
    const body = { reason: 'rain', until };
    await story.desk().alarmAction({ id: 'A1', action: 'shelve', body, actor });
    await pass(story, minutes(10));
    await leap(story, byMs);
    expect(await shelved(story)).toBe(true);
    for (let minute = 0; minute < 19; minute += 1) {
      await story.hear(bin('k1-wet').reads(0.92), lamp('lamp-07').draws(0));
      await pass(story, minutes(1));
    }
    expect(await shelved(story)).toBe(true);
    await pass(story, minutes(1));
    expect(await shelved(story)).toBe(false);
  });

  it('is in the log, once, behind what it was wrong about and before what it is right about', async () => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    await story.at('10:00', bin('k1-wet').reads(0.2));
    await leap(story, byMs);
    await story.hear(bin('k1-wet').reads(0.3));
    const records = (await story.store.log.readAfter(0, 1000)).filter(
      ({ kind }) => kind !== 'derived',
    );
    const clocks = records.filter((record) => record.kind === 'clock');
    expect(clocks).toMatchObject([{ boot: 'run 1', stepMs: byMs, state: 'unknown' }]);
    const [before, after] = records.filter((record) => record.kind === 'reading');
    expect(before!.sequence).toBeLessThan(clocks[0]!.sequence);
    expect(after!.sequence).toBeGreaterThan(clocks[0]!.sequence);
    expect(after!.receivedAt - before!.receivedAt).toBe(byMs + seconds(2));
  });
});

describe('a clock that drifts or is off by a leap second', () => {
  it.each([
    ['a second ahead', 1000],
    ['a second back', -1000],
  ] as const)('is followed slowly and leaps nowhere: %s', async (_, byMs) => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    const { clock } = story;
    await story.at('10:00', bin('k1-wet').reads(0.92));
    const began = clock.steady();
    clock.setWall(moved(clock.wall(), byMs));
    while ((await story.alarms()).length === 0) await pass(story, seconds(1));
    const took = clock.steady() - began;
    expect(Math.abs(took / minutes(10) - 1)).toBeLessThan(0.01);
    await pass(story, minutes(30));
    expect(Math.abs(clock.wall() - clock.now())).toBeLessThanOrEqual(10);
    const records = await story.store.log.readAfter(0, 10_000);
    expect(records.filter(({ kind }) => kind === 'clock')).toEqual([]);
  });
});

describe('a process that stood still', () => {
  it('accuses nobody of the time in which it heard nothing', async () => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    await story.at('10:00', bin('k1-wet').reads(0.2), lamp('lamp-07').draws(0));
    story.clock.standStill(hours(2));
    await story.settle();
    await story.hear(bin('k1-wet').reads(0.2));
    await pass(story, minutes(1));
    expect(await story.active()).toEqual([]);
    await pass(story, minutes(20));
    expect(await story.active()).toEqual(['silent k1-wet', 'silent lamp-07']);
  });

  it('has its holds go on where they stood', async () => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    await pass(story, minutes(4));
    story.clock.standStill(minutes(30));
    await story.settle();
    await pass(story, minutes(6) - seconds(2));
    expect(await story.alarms()).toEqual([]);
    await pass(story, seconds(3));
    expect((await story.alarms()).map(({ rule }) => rule)).toEqual(['bin-full']);
  });

  it('says so in the log before anything else', async () => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    await story.at('10:00', bin('k1-wet').reads(0.2));
    story.clock.standStill(minutes(30));
    await story.settle();
    const woke = (await story.store.log.readAfter(0, 100)).filter(
      (record) => record.kind === 'gateway' && record.event === 'woke',
    );
    expect(woke).toHaveLength(1);
    expect(woke).toMatchObject([{ receivedAt: story.clock.now() }]);
  });
});

async function shelved(story: Story): Promise<boolean> {
  const alarms = await story.alarms();
  return alarms.find(({ rule }) => rule === 'bin-full')?.state === 'shelved';
}
