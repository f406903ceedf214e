// What a sensor has to show before a repair is believed, until when, and whether it does: a lamp its
// nominal watts once it should be lit, anything else the end of its own alarm (the bin's weight fell,
// the flow came down). Pure: asks the standing, says a verdict.
import type { Alarm } from '../../domain/alarm.ts';
import type { Asset, Lamp } from '../../domain/asset.ts';
import type { Quantity } from '../../domain/quantity.ts';
import { STALE_AFTER, type Latest } from '../../domain/standing.ts';
import type { Ticket } from '../../domain/ticket.ts';
import {
  between,
  days,
  hours,
  later,
  milliseconds,
  minutes,
  type Duration,
  type Instant,
} from '../../domain/time.ts';
import { amountInWords } from '../../rules/wording.ts';
import { activeAlarms, type TicketScene } from './ticket-scene.ts';

export type SensorWord =
  /** No sensor can say anything of it: a person's word has to do. */
  | { readonly kind: 'none' }
  | { readonly kind: 'agrees' }
  | {
      readonly kind: 'awaited';
      readonly until: Instant;
      /** What it has to show. */
      readonly awaits: string;
    };

/** A lamp counts as mended within this share of its nominal watts; drivers and sensors differ so much. */
const LAMP_TOLERANCE = 0.25;
const LAMP_WITHIN = minutes(30);
const SENSOR_WITHIN = minutes(30);
/** A leak shows in the lowest flow of a night, so a night has to go by. */
const WATER_WITHIN = hours(26);

export function sensorWord(scene: TicketScene, ticket: Ticket, at: Instant): SensorWord {
  const active = activeAlarms(scene, ticket);
  const lamp = lampSeenBy(scene, ticket);
  if (lamp && !isMended(scene, lamp, at)) {
    const { nominalW } = lamp;
    return {
      kind: 'awaited',
      until: later(nextLit(scene, lamp, at), LAMP_WITHIN),
      awaits: `天黑后功率达到约 ${nominalW} W`,
    };
  }
  const [first] = active;
  if (first) {
    const awaits = `传感器解除：${first.text}`;
    return {
      kind: 'awaited',
      until: later(lookFrom(scene, first, at), patience(scene, first)),
      awaits,
    };
  }
  return { kind: lamp || ticket.alarms.length > 0 ? 'agrees' : 'none' };
}

/** Why a repair is not believed, as whoever said it was done reads it: 17:52 仍为 0.4 W. */
export function unmendedWords(scene: TicketScene, ticket: Ticket, at: Instant): string {
  const [alarm] = activeAlarms(scene, ticket);
  const asset = ticket.asset ?? alarm?.asset ?? '';
  const quantity = lampSeenBy(scene, ticket) ? 'power' : alarm?.quantity;
  const latest = quantity && scene.standing.assets.get(asset)?.latest[quantity];
  if (quantity && latest)
    return `${clock(scene, latest.observedAt)} 仍为 ${words(latest, quantity)}`;
  return `${clock(scene, at)} 传感器仍未确认${alarm ? `：${alarm.text}` : ''}`;
}

const words = ({ value }: Latest, quantity: Quantity): string => amountInWords(value, quantity);

function clock({ wallTime }: TicketScene, moment: Instant): string {
  const { minute } = wallTime(moment);
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/**
 * The lamp whose being dark, or said to be, the ticket is about; not one that burns by day. By what the
 * ticket itself remembers: an alarm that is over and seen is forgotten.
 */
function lampSeenBy({ compound, rules }: TicketScene, ticket: Ticket): Lamp | undefined {
  const asset = compound.assets.get(ticket.asset ?? '');
  if (asset?.kind !== 'lamp' || ticket.category !== 'lamp') return undefined;
  const rule = rules.get(ticket.raisedBy.replace(/^rule /, ''));
  const isByDay = rule?.kind === 'lamp' && rule.should === 'off';
  return isByDay || everyOf(compound.devices.values(), asset) === undefined ? undefined : asset;
}

/** At its nominal watts while it should be lit; without a meter its switch is taken at its word. */
function isMended(
  { standing, compound, shouldBeOn }: TicketScene,
  lamp: Lamp,
  at: Instant,
): boolean {
  const { power, on } = standing.assets.get(lamp.id)?.latest ?? {};
  const latest = power ?? on;
  const every = everyOf(compound.devices.values(), lamp) ?? minutes(1);
  if (!latest || latest.doubt || between(latest.receivedAt, at) > STALE_AFTER * every) return false;
  if (!shouldBeOn(lamp, at) || !shouldBeOn(lamp, latest.observedAt)) return false;
  if (!power) return latest.value === 1;
  return Math.abs(power.value - lamp.nominalW) <= LAMP_TOLERANCE * lamp.nominalW;
}

function everyOf(
  devices: Iterable<{ readonly assets: ReadonlyMap<string, string>; readonly every: Duration }>,
  { id }: Asset,
): Duration | undefined {
  for (const { assets, every } of devices) if ([...assets.values()].includes(id)) return every;
  return undefined;
}

/** When a repair can show first: a lamp's only once it should be lit. */
function lookFrom(scene: TicketScene, { asset, rule: id, inside }: Alarm, at: Instant): Instant {
  const rule = scene.rules.get(id);
  const isOfDark = rule?.kind === 'most-of' || (rule?.kind === 'lamp' && rule.should === 'on');
  if (!isOfDark) return at;
  const lamp = [asset, ...inside]
    .map((one) => scene.compound.assets.get(one))
    .find((one) => one?.kind === 'lamp');
  return lamp?.kind === 'lamp' ? nextLit(scene, lamp, at) : at;
}

function patience({ compound }: TicketScene, { asset }: Alarm): Duration {
  const subject = compound.assets.get(asset);
  if (subject?.kind === 'meter') return WATER_WITHIN;
  const every = subject
    ? everyOf(compound.devices.values(), subject)
    : compound.devices.get(asset)?.every;
  return milliseconds(Math.max(SENSOR_WITHIN, STALE_AFTER * (every ?? 0)));
}

const STEP = minutes(10);
const AT_MOST = days(2);

/** The first minute from `at` on in which it should be lit; two days on where it never is. */
function nextLit({ shouldBeOn }: TicketScene, lamp: Lamp, at: Instant): Instant {
  if (shouldBeOn(lamp, at)) return at;
  const end = later(at, AT_MOST);
  let dark = at;
  while (!shouldBeOn(lamp, later(dark, STEP))) {
    dark = later(dark, STEP);
    if (dark >= end) return end;
  }
  while (!shouldBeOn(lamp, dark)) dark = later(dark, minutes(1));
  return dark;
}
