// What the bench measures and what each figure is to reach; and the book in which the runs' values
// of every candidate are kept.
import { nodeRedAsDrawn, nodeRedBatched } from './candidates/node-red.ts';

export interface Figure {
  readonly title: string;
  readonly unit: string;
  readonly decimals: number;
  readonly targets?: readonly Target[];
}

/** Of Courtyard's value, or of its ratio to the candidate of that name. */
export type Target = ({ readonly atLeast: number } | { readonly atMost: number }) & {
  readonly to?: string;
};

const BATCHED = nodeRedBatched.name;
const DRAWN = nodeRedAsDrawn.name;

const bytesPerReading = (rate: string, sync: string): Figure => ({
  title: `bytes to disk per reading at ${rate}, ${sync}`,
  unit: 'B',
  decimals: 0,
});
const answerAt = (rate: string, sync: string): Figure => ({
  title: `acknowledgement p50 at ${rate}, ${sync}`,
  unit: 'ms',
  decimals: 1,
});
const wearShare = (rate: string): Figure => ({
  title: `bytes to disk at ${rate}, wear ÷ latency`,
  unit: '',
  decimals: 2,
  targets: [{ atMost: 0.25 }],
});

const ofTickets = (what: string): Figure => ({
  title: `100,000 tickets: ${what}, p50`,
  unit: 'ms',
  decimals: 2,
});

export const FIGURES = {
  ticketList: ofTickets('the first 50 open ones'),
  ticketFilter: ofTickets('50 by category and severity'),
  ticketOverdue: ofTickets('50 overdue ones of a team'),
  ticketDetail: ofTickets('one'),
  rate: {
    title: 'sustained lossless rate',
    unit: 'msg/s',
    decimals: 0,
    targets: [
      { to: BATCHED, atLeast: 3 },
      { to: DRAWN, atLeast: 8 },
    ],
  },
  alert: {
    title: 'sensor → webhook p99 at 10,000 msg/s',
    unit: 'ms',
    decimals: 0,
    targets: [{ to: BATCHED, atMost: 0.5 }],
  },
  cpu: {
    title: 'CPU per million messages at 10,000 msg/s',
    unit: 's',
    decimals: 1,
    targets: [{ to: BATCHED, atMost: 0.7 }],
  },
  cpuBusiest: { title: '… of it the busiest thread', unit: 's', decimals: 1 },
  answer: { title: 'acknowledgement p99 at 10,000 msg/s', unit: 'ms', decimals: 1 },
  lost: { title: 'acknowledged and lost at 10,000 msg/s', unit: 'msg', decimals: 0 },
  memory: {
    title: 'memory at 10,000 msg/s of 1,000 devices',
    unit: 'MB',
    decimals: 0,
    targets: [{ atMost: 220 }],
  },
  memoryGrowth: { title: '… and its growth', unit: 'MB/min', decimals: 1 },
  lone: {
    title: 'a lone message: acknowledgement p50',
    unit: 'ms',
    decimals: 2,
    targets: [{ atMost: 5 }],
  },
  slowDisk: {
    title: 'acknowledged while every fsync takes 20 ms more',
    unit: 'msg/s',
    decimals: 0,
    targets: [{ atLeast: 2500 }],
  },
  bytes10Latency: bytesPerReading('10 msg/s', 'latency'),
  bytes10Wear: bytesPerReading('10 msg/s', 'wear'),
  wear10: wearShare('10 msg/s'),
  bytes1000Latency: bytesPerReading('1,000 msg/s', 'latency'),
  bytes1000Wear: bytesPerReading('1,000 msg/s', 'wear'),
  wear1000: wearShare('1,000 msg/s'),
  answer10Latency: answerAt('10 msg/s', 'latency'),
  answer10Wear: answerAt('10 msg/s', 'wear'),
  answer1000Latency: answerAt('1,000 msg/s', 'latency'),
  answer1000Wear: answerAt('1,000 msg/s', 'wear'),
  ready: { title: 'start to ready', unit: 's', decimals: 2, targets: [{ atMost: 3 }] },
  foldRate: { title: 'weights through log, fold and store', unit: 'readings/s', decimals: 0 },
  readingBytes: { title: '… on the disk, each', unit: 'bytes', decimals: 1 },
  yearChart: {
    title: 'the year of 200 bins by month',
    unit: 'ms',
    decimals: 0,
    targets: [{ atMost: 300 }],
  },
  ledgerStation: {
    title: '… one station and stream by day',
    unit: 'ms',
    decimals: 0,
    targets: [{ atMost: 100 }],
  },
  ledgerMonth: {
    title: '… a month of one station',
    unit: 'ms',
    decimals: 0,
    targets: [{ atMost: 100 }],
  },
  ledgerDays: {
    title: '… a month of all 200 by day',
    unit: 'ms',
    decimals: 0,
    targets: [{ atMost: 300 }],
  },
  yearCompared: {
    title: '… the year by month against the last',
    unit: 'ms',
    decimals: 0,
  },
  ledgerStart: { title: '… opened and loaded, two years of it', unit: 'ms', decimals: 0 },
  rehearsal: { title: 'a changed rule over a million readings', unit: 's', decimals: 1 },
  rehearsalHold: { title: '… and the longest hold of the event loop', unit: 'ms', decimals: 0 },
  growth: {
    title: 'CPU per message, most devices ÷ fewest',
    unit: '',
    decimals: 2,
    targets: [{ atMost: 1.5 }],
  },
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof FIGURES;

export interface Book {
  add(figure: FigureName, candidate: string, value: number): void;
  /** Something that the table has no column for: why a figure is not there, what it was taken at. */
  note(words: string): void;
  /** Everything that was observed, for who wants to look closer. */
  keep(part: string, candidate: string, observed: unknown): void;
  values(figure: FigureName, candidate: string): readonly number[];
  notes(): readonly string[];
  everything(): {
    readonly figures: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
    readonly notes: readonly string[];
    readonly observed: readonly unknown[];
  };
}

export function openBook(): Book {
  const figures = new Map<FigureName, Map<string, number[]>>();
  const notes: string[] = [];
  const observations: unknown[] = [];
  return {
    add(figure, candidate, value) {
      const columns = figures.get(figure) ?? new Map<string, number[]>();
      figures.set(figure, columns);
      columns.set(candidate, [...(columns.get(candidate) ?? []), value]);
    },
    note: (words) => void (notes.includes(words) || notes.push(words)),
    keep: (part, candidate, observed) => void observations.push({ part, candidate, observed }),
    values: (figure, candidate) => figures.get(figure)?.get(candidate) ?? [],
    notes: () => notes,
    everything: () => ({
      figures: Object.fromEntries(
        [...figures].map(([name, columns]) => [name, Object.fromEntries(columns)]),
      ),
      notes,
      observed: observations,
    }),
  };
}
