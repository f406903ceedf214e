// A sheet of the days before the sensors came, as a property company keeps one: kilograms a day,
// station and stream, weighed by hand, with the days that nobody wrote down left out.
// Promise: a day's figures depend on the seed and its date alone, so that a sheet written later tells
// the same of the days that both hold.
import { MINUTE } from './moment.ts';
import { randomFrom, type Random } from './random.ts';
import { HABITS } from './residents.ts';
import { visitsPerHour } from './rhythm.ts';
import type { Site, Stream } from './site.ts';
import { STREAMS } from './site.ts';
import { loadOfDay } from './year.ts';

export interface HistoryOrders {
  readonly days: number;
  /** The last day of the sheet, 2026-11-22. */
  readonly until: string;
  readonly seed: number;
}

/** `date,station,wet_kg,dry_kg,recyclable_kg,hazardous_kg`, oldest first. */
export function historySheet(site: Site, { days, until, seed }: HistoryOrders): string {
  const visits = visitsOfDay(site);
  const rows = daysUntil(until, days).flatMap((day) => rowsOf(site, { day, seed, visits }));
  return [HEADER, ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

const HEADER = ['date', 'station', ...STREAMS.map((stream) => `${stream}_kg`)];

/** Of a hundred days, those that nobody wrote down. */
const FORGOTTEN = 0.02;
/** How far two like days differ beyond their bags: weather, guests, a feast. */
const MOOD = 0.035;

interface OneDay {
  readonly day: string;
  readonly seed: number;
  readonly visits: number;
}

function rowsOf(site: Site, { day, seed, visits }: OneDay): string[][] {
  const random = randomFrom(seed * 1_000_003 + Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  // The generator needs a few draws before neighbouring seeds part ways.
  for (let draw = 0; draw < 8; draw += 1) random.uniform();
  const isForgotten = random.chance(FORGOTTEN);
  const stations = [...new Set(site.bins.map((bin) => bin.station))];
  const mood = Math.exp(MOOD * random.normal());
  const rows = stations.map((station) => {
    const own = new Set(site.bins.filter((bin) => bin.station === station).map(streamOf));
    const bags = (visits / stations.length) * mood;
    const cells = STREAMS.map((stream) =>
      own.has(stream) ? kilograms(stream, bags * loadOfDay(day, stream), random).toFixed(1) : '',
    );
    return [day, station, ...cells];
  });
  return isForgotten ? [] : rows;
}

const streamOf = ({ stream }: { readonly stream: Stream }): Stream => stream;

/** As many bags as chance has it: a Poisson count, by its bell where it is large. */
function kilograms(stream: Stream, visits: number, random: Random): number {
  const { share, kg } = HABITS[stream];
  const mean = visits * share;
  const bags = Math.max(0, mean + Math.sqrt(mean) * random.normal());
  return bags * kg;
}

/** An ordinary day's visits in the whole compound, as the rhythm that the live world follows has it. */
function visitsOfDay({ place }: Site): number {
  const midnight = Date.parse('2026-01-01T00:00:00Z') - place.utcOffsetHours * 60 * MINUTE;
  const step = 10 * MINUTE;
  let visits = 0;
  for (let at = midnight; at < midnight + 144 * step; at += step) {
    visits += visitsPerHour(at + step / 2, place, 1) / 6;
  }
  return visits;
}

export function daysUntil(until: string, days: number): string[] {
  const last = Date.parse(`${until}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) =>
    new Date(last - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}
