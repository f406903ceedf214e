// A leap of our own clock: what rules remember goes with it.
import { expect, it } from 'vitest';
import type { Entry } from '../../gateway/domain/record.ts';
import { days, later, minutes, seconds, type Instant } from '../../gateway/domain/time.ts';
import { started, watchedBy } from '../fakes/folded-site.ts';
import { FLICKERS, HOT, QUIET, TREMBLES } from '../fakes/series-rules.ts';
import { clock, LAMP_OUT } from '../fakes/small-site.ts';

const BOOT = 'run 1';
const START = { ...started(clock('09:00')), boot: BOOT } as Entry;
const leapt = (receivedAt: Instant): Entry => ({
  kind: 'clock',
  boot: BOOT,
  stepMs: days(3),
  state: 'unknown',
  receivedAt,
});
const inThreeDays = (time: string): Instant => later(clock(time), days(3));

it('a rise that began before it is found after it', () => {
  const site = watchedBy(HOT);
  const warm = (value: number, at: Instant) =>
    site.hear({ asset: 'k1-wet', quantity: 'temperature', value, at });
  site.fold(START);
  warm(20, clock('10:00'));
  warm(25, clock('10:03'));
  site.fold(leapt(inThreeDays('10:04')));
  warm(31, inThreeDays('10:05'));
  expect(site.speaking()).toEqual(['bin-hot:k1-wet']);
});

it('a tremble is summed up across it', () => {
  const site = watchedBy(TREMBLES);
  const echo = (n: number, at: Instant) =>
    site.hear({ asset: 'k1-wet', quantity: 'distance', value: 500 + (n % 2) * 200, at });
  site.fold(START);
  for (let n = 0; n < 6; n++) echo(n, later(clock('10:00'), seconds(n * 60)));
  site.fold(leapt(inThreeDays('10:06')));
  for (let n = 6; n < 12; n++) echo(n, later(inThreeDays('10:00'), seconds(n * 60)));
  expect(site.speaking()).toEqual(['trembles:k1-wet']);
});

it('what was counted before it still counts, and no longer than it would have', () => {
  const site = watchedBy({ ...LAMP_OUT, holdFor: seconds(0) }, FLICKERS);
  const flicker = (at: Instant): void => {
    site.hear({ asset: 'lamp-1', quantity: 'power', value: 0, at });
    site.hear({ asset: 'lamp-1', quantity: 'power', value: 28, at: later(at, seconds(30)) });
  };
  site.fold(START);
  for (const time of ['20:00', '20:10', '20:20']) flicker(clock(time));
  site.fold(leapt(inThreeDays('20:25')));
  flicker(inThreeDays('20:30'));
  expect(site.speaking()).toEqual(['flickers:lamp-1']);
  site.wait(inThreeDays('21:00'));
  expect(site.speaking()).toEqual([]);
});

it('a pace that was learned is not taken for another', () => {
  const site = watchedBy(QUIET);
  const speaks = (at: Instant) => site.hear({ asset: 'lamp-1', quantity: 'power', value: 28, at });
  site.fold(START);
  for (let n = 0; n <= 12; n++) speaks(later(clock('10:00'), minutes(n)));
  const learned = site.standing.devices.get('lamp-1')?.pace?.gaps;
  site.fold(leapt(inThreeDays('10:12:30')));
  speaks(inThreeDays('10:13'));
  expect(site.standing.devices.get('lamp-1')?.pace?.gaps).toEqual(learned);
});
