// Keeps the ledger while the fold goes by: each net weight of a bin marks its minutes as heard and
// may come to rest elsewhere. Touches nothing but the standing's weights and its ledger.
import type { AssetId, Bin, Compound, DeviceId } from '../domain/asset.ts';
import { siteDays, type DaySpan, type SiteDays } from '../domain/day.ts';
import type { WeightEvent } from '../domain/deposit.ts';
import { ledgerDayId, type LedgerDay } from '../domain/ledger.ts';
import type { Reading } from '../domain/reading.ts';
import type { Standing } from '../domain/standing.ts';
import { later, minutes, type Duration, type Instant } from '../domain/time.ts';
import { countedIn, heardIn, newLedgerDay, revisedAt } from './ledger-day.ts';
import { settle } from './settled-weight.ts';

export interface Weighing {
  /** Takes in a reading or what was derived from one; all but bins' weights pass without effect. */
  hear(reading: Reading): void;
}

/** Of the minutes after a weight, no more than this are vouched for by it. */
const MOST_VOUCHED = minutes(60);

interface Scene {
  readonly compound: Compound;
  readonly standing: Standing;
  readonly days: SiteDays;
  /** Bins that share a station and a stream. */
  readonly binsBeside: (bin: Bin) => number;
}

export function createWeighing(compound: Compound, standing: Standing): Weighing {
  const bins = [...compound.assets.values()].filter((asset) => asset.kind === 'bin');
  const counts = new Map<string, number>();
  const placeOf = ({ station, stream }: Bin): string => `${stream} ${station}`;
  for (const bin of bins) counts.set(placeOf(bin), (counts.get(placeOf(bin)) ?? 0) + 1);
  const scene: Scene = {
    compound,
    standing,
    days: siteDays(compound.place),
    binsBeside: (bin) => counts.get(placeOf(bin)) ?? 1,
  };
  return { hear: (reading) => hear(scene, reading) };
}

/**
 * A late weight proves that the bin was heard at that minute. What it weighed then is known already:
 * the weights that came before it have told the difference.
 */
function hear(scene: Scene, reading: Reading): void {
  const isWeight = reading.quantity === 'net' || reading.quantity === 'gross';
  if (!isWeight) return;
  const bin = scene.compound.assets.get(reading.asset);
  if (bin?.kind === 'scale') weighPlatform(scene, reading);
  if (bin?.kind !== 'bin') return;
  if (reading.doubt === 'late') mark(scene, bin, reading);
  if (reading.doubt !== undefined || reading.quantity !== 'net') return;
  mark(scene, bin, reading);
  weigh(scene, bin, reading);
}

function weigh(scene: Scene, bin: Bin, reading: Reading): void {
  const event = settled(scene, reading);
  if (!event) return;
  const span = scene.days.at(event.at);
  change(scene, { bin, span, now: reading.receivedAt }, (day) => countedIn(day, event));
}

function settled(
  { standing }: Scene,
  { asset, value, observedAt }: Reading,
): WeightEvent | undefined {
  const { weights } = standing;
  const before = weights.get(asset);
  const { state, event } = settle(before, { asset, kg: value, at: observedAt });
  if (state !== before) weights.put(asset, state);
  return event;
}

/** A platform carries several bins and has no ledger; rules ask what came to rest on it. */
function weighPlatform(scene: Scene, reading: Reading): void {
  if (reading.doubt === undefined && reading.quantity === 'net') settled(scene, reading);
}

/** Marks the minutes that a weight vouches for, on into the next day where they reach over. */
function mark(scene: Scene, bin: Bin, reading: Reading): void {
  const { observedAt, receivedAt: now } = reading;
  const until = later(observedAt, vouchedFor(scene, reading.device));
  for (
    let span = scene.days.at(observedAt), from: Instant = observedAt;
    from < until;
    from = span.end, span = scene.days.at(from)
  ) {
    const spoken = { from: minuteOf(span, from), to: minuteOf(span, until, Math.ceil) };
    change(scene, { bin, span, now }, (day) =>
      heardIn(day, bin.id, { from: spoken.from, to: Math.min(spoken.to, day.minutes) }),
    );
  }
}

function vouchedFor({ compound }: Scene, device: DeviceId): Duration {
  const every = compound.devices.get(device)?.every ?? minutes(1);
  return every < MOST_VOUCHED ? every : MOST_VOUCHED;
}

const minuteOf = ({ start }: DaySpan, at: Instant, round = Math.floor): number =>
  round((at - start) / 60_000);

interface Entry {
  readonly bin: Bin;
  readonly span: DaySpan;
  readonly now: Instant;
}

function change(
  scene: Scene,
  { bin, span, now }: Entry,
  changed: (day: LedgerDay) => LedgerDay,
): void {
  const { ledger } = scene.standing;
  const id: AssetId = ledgerDayId({ day: span.day, station: bin.station, stream: bin.stream });
  const before = ledger.get(id) ?? newLedgerDay(span, bin, scene.binsBeside(bin));
  const after = changed(before);
  if (after !== before) ledger.put(id, revisedAt(after, span, now));
}
