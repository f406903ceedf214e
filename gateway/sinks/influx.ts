// Copies believed values to whatever takes the write API of InfluxDB 1.x.
//
//   records ─▶ lines ─▶ POST /write ─┬─▶ 204             arrived
//                                    ├─▶ 400, 413        halve, down to the bad field: park that
//                                    ├─▶ 404 database    create it, then once more
//                                    └─▶ all else        keep the whole batch
//
// A point sent again overwrites itself (line-protocol.ts), so half a delivery is neither a loss nor
// a double: it is repeated whole. Lines are posted as they are, because the package's own writer
// costs three to four times the processor time. Only what is refused is taken apart into points.
import type { LookupFunction } from 'node:net';
import type { Compound } from '../domain/asset.ts';
import type { LogRecord, Sequence } from '../domain/record.ts';
import { valuesOf } from '../domain/values.ts';
import { createInfluxDatabase } from './influx-database.ts';
import type { Verdict } from './influx-answer.ts';
import { createWrite } from './influx-write.ts';
import type { InfluxPlace, InfluxPost, Write } from './influx-write.ts';
import { createLines, type Lines } from './line-bytes.ts';
import { lineOf, pointsOf, seriesNames } from './line-protocol.ts';
import type { Point, Unfit } from './line-protocol.ts';
import type { Delivery, Sink } from './sink.ts';

interface InfluxParts {
  readonly compound: Compound;
  /** The way out for what is written. */
  readonly out: InfluxPost;
  /** Names to addresses for the rest; the system's own where absent. */
  readonly lookup?: LookupFunction;
}

interface Refused {
  readonly sequences: readonly Sequence[];
  readonly words: string;
  /** Whether the words speak of points at all, or perhaps of the request. */
  readonly of: 'points' | 'unclear';
}

interface Sent {
  readonly kind: 'sent';
  readonly arrived: number;
  readonly refused: readonly Refused[];
}

type Again = () => Promise<readonly LogRecord[]>;
type Keep = Extract<Delivery, { kind: 'keep' }>;
type Outcome = Sent | { readonly kind: 'no-database'; readonly words: string } | Keep;

export function createInfluxSink(place: InfluxPlace, parts: InfluxParts): Sink {
  const names = seriesNames(parts.compound);
  const linesOf = createLines(names);
  const database = createInfluxDatabase(place, parts.lookup);
  const write = createWrite(place, parts.out);

  async function writeMakingDatabase(lines: Uint8Array): Promise<Verdict> {
    const verdict = await write(lines);
    if (verdict.kind !== 'no-database') return verdict;
    const failure = await database.create();
    if (failure === undefined) return write(lines);
    return { kind: 'keep', why: `${verdict.words}; creating it: ${failure}` };
  }

  /** Knows nothing of the records any more, so that they need not live as long as the request. */
  async function post({ bytes, unfit }: Lines, again: Again): Promise<Delivery> {
    if (bytes.length === 0) return delivered(unfit, []);
    const verdict = await writeMakingDatabase(bytes);
    if (verdict.kind === 'accepted') return delivered(unfit, []);
    const { points } = pointsOf(await again(), names);
    const outcome = await takenApart(points, verdict, write);
    if (outcome.kind === 'keep') return outcome;
    if (outcome.kind === 'no-database') return { kind: 'keep', why: outcome.words };
    return isRefusedWhole(outcome)
      ? { kind: 'keep', why: outcome.refused[0]?.words ?? '' }
      : delivered(unfit, outcome.refused);
  }

  return {
    id: 'influx',
    deliver: (records, again) =>
      post(linesOf(valuesOf(records)), again ?? (() => Promise.resolve(records))),
    deliverValues: (values, again) => post(linesOf(values), again),
    close() {
      parts.out.close();
      return Promise.resolve();
    },
  };
}

const send = async (points: readonly Point[], write: Write): Promise<Outcome> =>
  takenApart(points, await write(points.map(lineOf).join('\n')), write);

/** What became of points that got this verdict; what is refused is halved until it stands alone. */
async function takenApart(
  points: readonly Point[],
  verdict: Verdict,
  write: Write,
): Promise<Outcome> {
  switch (verdict.kind) {
    case 'accepted':
      return { kind: 'sent', arrived: points.length, refused: [] };
    case 'keep':
    case 'no-database':
      return verdict;
    case 'refused':
    case 'too-large': {
      const halves = halvesOf(points);
      if (halves) return sendHalves(halves, write);
      const of = verdict.kind === 'refused' ? verdict.of : 'unclear';
      const words = verdict.words;
      return { kind: 'sent', arrived: 0, refused: [{ ...aloneIn(points), words, of }] };
    }
  }
}

/** The server's count of what it dropped is not believed: each half is asked for itself. */
async function sendHalves([left, right]: Halves, write: Write): Promise<Outcome> {
  const first = await send(left, write);
  if (first.kind !== 'sent') return first;
  const second = await send(right, write);
  if (second.kind !== 'sent') return second;
  return {
    kind: 'sent',
    arrived: first.arrived + second.arrived,
    refused: [...first.refused, ...second.refused],
  };
}

type Halves = readonly [readonly Point[], readonly Point[]];

/** A point of several fields is cut between them: one bad field must not take its neighbours along. */
function halvesOf(points: readonly Point[]): Halves | undefined {
  const [only] = points;
  if (!only) return undefined;
  if (points.length > 1) {
    const middle = Math.ceil(points.length / 2);
    return [points.slice(0, middle), points.slice(middle)];
  }
  if (only.fields.length < 2) return undefined;
  const middle = Math.ceil(only.fields.length / 2);
  return [
    [{ ...only, fields: only.fields.slice(0, middle) }],
    [{ ...only, fields: only.fields.slice(middle) }],
  ];
}

const aloneIn = (points: readonly Point[]): { sequences: readonly Sequence[] } => ({
  sequences: points.flatMap((point) => point.fields.flatMap((field) => field.sequences)),
});

/**
 * Words that say nothing of points refuse a point only where another got through: then it is the
 * point. Where none did it may be the request, and a batch must not be parked for a wrong setting.
 */
const isRefusedWhole = (outcome: Sent): boolean =>
  outcome.arrived === 0 && outcome.refused.every(({ of }) => of === 'unclear');

function delivered(unfit: readonly Unfit[], refused: readonly Refused[]): Delivery {
  const parked = [
    ...unfit,
    ...refused.flatMap(({ sequences, words }) =>
      sequences.map((sequence) => ({ sequence, words })),
    ),
  ].sort((a, b) => a.sequence - b.sequence);
  return parked.length === 0 ? { kind: 'accepted' } : { kind: 'parked', parked };
}
