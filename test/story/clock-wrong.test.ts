// A machine that wakes in its own past, or in 1970: what it hears has no moment until somebody says
// what time it was, and then it has the right one, once.
import { describe, expect, it } from 'vitest';
import { days, hours, instant, minutes, moved, seconds } from '../../gateway/domain/time.ts';
import { charted, leap, NOTHING_KNOWN, pass, waitingMachine, YARD } from './clock-sites.ts';
import { bin, lamp, tell, type Story } from './told.ts';

const THREE_DAYS = days(3);
const at = (clock: string): number => Date.parse(`2026-06-01T${clock}:00+08:00`);

async function readings(story: Story) {
  const records = await story.store.log.readAfter(0, 100_000);
  return records.filter((record) => record.kind === 'reading');
}

describe('a machine that wakes three days back and waits for the network', () => {
  const wake = async (begin = '09:59') => {
    let story: Story | undefined;
    const machine = waitingMachine(() => story);
    story = await tell(YARD, begin, machine);
    return { story, machine };
  };

  it('shows what it hears and charts nothing until it knows when that was', async () => {
    const { story } = await wake();
    await story.at('10:00', bin('k1-wet').reads(0.5));
    await pass(story, minutes(5));
    const [asset] = story.desk().assets('bin');
    expect(asset).toMatchObject({ state: 'normal', latest: { fill: { value: 0.5 } } });
    expect(await charted(story, 'distance')).toEqual([]);
    expect(await charted(story, 'fill')).toEqual([]);
    expect(story.desk().readiness()).toMatchObject({ ready: true, clock: 'unsynchronised' });
  });

  it('then has each reading, and what follows from it, at its right moment exactly once', async () => {
    const { story, machine } = await wake();
    await story.at('10:00', bin('k1-wet').reads(0.5));
    await story.at('10:01', bin('k1-wet').reads(0.6));
    machine.synchronise();
    await leap(story, THREE_DAYS);
    await story.hear(bin('k1-wet').reads(0.7));
    await pass(story, seconds(5));
    const right = [at('10:00'), at('10:01'), at('10:01') + seconds(2)].map(
      (one) => one + THREE_DAYS,
    );
    expect(await charted(story, 'distance')).toEqual([
      [right[0], 600, 1],
      [right[1], 520, 1],
      [right[2], 440, 1],
    ]);
    expect((await charted(story, 'fill')).map(([moment]) => moment)).toEqual(right);
    const doubts = (await readings(story)).map(({ doubt = 'none' }) => doubt);
    expect(doubts.toSorted()).toEqual([
      'none',
      'restamped',
      'restamped',
      'unsynchronised',
      'unsynchronised',
    ]);
    expect(story.desk().readiness()).toMatchObject({ clock: 'synchronised' });
  });

  it('keeps its holds: an alarm rises ten minutes after the bin was full, by any clock', async () => {
    const { story, machine } = await wake();
    await story.at('10:00', bin('k1-wet').reads(0.95));
    await pass(story, minutes(4));
    machine.synchronise();
    await leap(story, THREE_DAYS);
    await pass(story, minutes(6) - seconds(3));
    expect(await story.alarms()).toEqual([]);
    await pass(story, seconds(2));
    expect(await story.alarms()).toMatchObject([{ raisedAt: at('10:10') + THREE_DAYS }]);
  });

  it('does not say that a lamp should be lit: it cannot know whether it is night', async () => {
    const { story, machine } = await wake('21:59');
    await story.at('22:00', lamp('lamp-07').draws(0));
    await pass(story, minutes(10));
    expect(await story.active()).toEqual([]);
    machine.synchronise();
    await leap(story, THREE_DAYS);
    await story.hear(lamp('lamp-07').draws(0));
    await pass(story, minutes(3));
    expect(await story.active()).toEqual(['lamp-dark lamp-07']);
  });

  it('knows a message again that is sent again after the clock was set', async () => {
    const { story, machine } = await wake();
    const said = { device: 'k1-wet', numbers: { seq: 7, distance: 500 } };
    await story.at('10:00', said);
    machine.synchronise();
    await leap(story, THREE_DAYS);
    await story.hear(said);
    await pass(story, seconds(5));
    expect(await charted(story, 'distance')).toHaveLength(1);
  });

  it('after half an hour believes the only time that there is', async () => {
    const { story } = await wake();
    await story.at('10:00', bin('k1-wet').reads(0.5));
    await pass(story, minutes(31));
    expect(await charted(story, 'distance')).toEqual([[at('10:00'), 600, 1]]);
    expect(story.desk().readiness()).toMatchObject({ clock: 'unknown' });
  });

  it('that is restarted before the network comes puts both runs right: they share one machine', async () => {
    const { story, machine } = await wake();
    await story.at('10:00', bin('k1-wet').reads(0.5));
    await story.offUntil('10:30');
    await story.at('10:40', bin('k1-wet').reads(0.6));
    machine.synchronise();
    await leap(story, THREE_DAYS);
    await pass(story, seconds(5));
    expect((await charted(story, 'distance')).map(([moment]) => moment)).toEqual([
      at('10:00') + THREE_DAYS,
      at('10:40') + THREE_DAYS,
    ]);
  });

  it('that is restarted after the network came puts the run before right', async () => {
    const { story, machine } = await wake();
    await story.at('10:00', bin('k1-wet').reads(0.5));
    await story.offUntil('10:30', () => {
      machine.synchronise();
      story.clock.setWall(moved(story.clock.wall(), THREE_DAYS));
    });
    await pass(story, seconds(5));
    expect((await charted(story, 'distance')).map(([moment]) => moment)).toEqual([
      at('10:00') + THREE_DAYS,
    ]);
  });
});

describe('a machine whose clock stands before the newest record', () => {
  it('runs on from that record, and nothing is silent or full for it', async () => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    await story.at('10:04', bin('k1-wet').reads(0.92));
    await story.offUntil('10:05', () => {
      story.clock.setWall(moved(story.clock.wall(), 0 - hours(5)));
    });
    expect(story.desk().readiness()).toMatchObject({ clock: 'unsynchronised' });
    expect(story.clock.now()).toBeGreaterThanOrEqual(at('10:04'));
    await pass(story, minutes(5));
    expect(await story.alarms()).toEqual([]);
    await leap(story, hours(5) + minutes(30));
    expect(await story.alarms()).toEqual([]);
    await pass(story, minutes(2));
    expect((await story.alarms()).map(({ rule }) => rule)).toEqual(['bin-full']);
    expect(story.clock.now()).toBe(story.clock.wall());
  });
});

describe('a machine in 1970, or beyond our years', () => {
  it.each([
    ['1970', Date.UTC(1970, 0, 1, 0, 0, 30)],
    ['2039', Date.UTC(2039, 0, 1)],
  ])('says so in words and dates nothing by it: %s', async (year, wrong) => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    await story.offUntil('10:00', () => story.clock.setWall(instant(wrong)));
    await story.hear(bin('k1-wet').reads(0.5));
    await pass(story, hours(1));
    const { clock, detail } = story.desk().readiness();
    expect(clock).toBe('unsynchronised');
    expect(detail.join()).toMatch(new RegExp(`clock: .* says ${year}`));
    expect(await charted(story, 'distance')).toEqual([]);
    await leap(story, at('12:00') - story.clock.wall());
    await pass(story, seconds(5));
    expect(await charted(story, 'distance')).toEqual([[at('11:00'), 600, 1]]);
  });

  it('that its clock leaps to while it runs is not followed', async () => {
    const story = await tell(YARD, '09:59', NOTHING_KNOWN);
    await story.at('10:00', bin('k1-wet').reads(0.92));
    story.clock.setWall(instant(0));
    await pass(story, minutes(9));
    expect(await story.alarms()).toEqual([]);
    expect(story.desk().readiness().detail.join()).toMatch(/says 1970/);
    await pass(story, minutes(2));
    expect(await story.alarms()).toMatchObject([{ raisedAt: at('10:10') }]);
  });
});
