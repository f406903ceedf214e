// How the gateway is doing, for Prometheus. Every number stands once in the table below, with its
// words; each scrape reads the house anew, so nothing is counted twice and nothing is kept here.
// Promise: labels are bounded. They are ids of the site file and closed sets of words, never
// anything that was heard: a stranger's name must not become a time series.
import { collectDefaultMetrics, Counter, Gauge, Registry } from '@prometheus-io/client';
import { ALARM_STATES, SEVERITIES } from '../domain/alarm.ts';
import type { ClockState } from '../domain/clock-state.ts';
import { TEAMS } from '../domain/ticket.ts';
import { CHANNEL_METERS, type MeasuredChannel } from './channel-meters.ts';
import { INTAKE_METERS } from './intake-meters.ts';
import { registerGivenHistogram, type GivenFigures } from './given-histogram.ts';

/** What is measured; the app fulfils it. Counts are since the start of the process. */
export interface Measured {
  readonly version: string;
  readonly site: string;
  readonly sources: () => readonly MeasuredSource[];
  readonly devices: () => readonly MeasuredDevice[];
  readonly store: () => MeasuredStore;
  /** The last sequence that the fold has gone through. */
  readonly foldedTo: () => number;
  readonly followers: () => readonly MeasuredFollower[];
  readonly channels: () => readonly MeasuredChannel[];
  /** Those that are active or not acknowledged. */
  readonly alarms: () => Iterable<{ readonly severity: string; readonly state: string }>;
  readonly openTickets: () => Iterable<{ readonly team: string }>;
  readonly viewers: () => number;
  /** What was lost by reason, and what of it came late after all. */
  readonly losses: () => Iterable<{
    readonly source: string;
    readonly reason: string;
    readonly found: number;
    readonly filled: number;
  }>;
  readonly clock: () => { readonly state: ClockState; readonly steps: number };
  /** Passwords that were shown, by what became of them: a closed set of words. */
  readonly signIns: () => Readonly<Record<string, number>>;
}

export interface MeasuredSource {
  readonly id: string;
  readonly kind: string;
  readonly state: 'starting' | 'up' | 'down';
  readonly heard: number;
  readonly stored: number;
  readonly readings: number;
  readonly acknowledged: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly skippedBytes: number;
  readonly dropped?: number;
  readonly lost: number;
  readonly framed?: number;
  readonly decoded?: number;
  readonly failed?: number;
  readonly inFlight?: number;
}

interface MeasuredDevice {
  readonly id: string;
  readonly heard: number;
  readonly stored: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly lastHeardAt?: string;
  readonly missing?: number;
  readonly owed?: number;
}

interface MeasuredStore {
  readonly state: 'ok' | 'failing';
  readonly head: number;
  readonly commits: number;
  readonly lastCommitMs: number;
  readonly freeBytes: number;
  readonly waitingEntries: number;
  readonly waitingBytes: number;
  readonly restarts?: number;
  /** In milliseconds, and in entries. */
  readonly commitMs?: GivenFigures;
  readonly batch?: GivenFigures;
}

export interface MeasuredFollower {
  readonly id: string;
  readonly cursor: number;
  readonly behind: number;
  readonly parked: number;
  readonly state: 'up' | 'behind' | 'down';
}

/** One page of numbers, as a scrape reads it. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
}

export type Sample = readonly [value: number, labels?: Readonly<Record<string, string>>];

export interface Meter {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly read: (measured: Measured) => Iterable<Sample>;
}

export function createMetrics(measured: Measured): Metrics {
  const registry = new Registry();
  for (const meter of METERS) register(meter, measured, registry);
  for (const { name, help, read } of HISTOGRAMS) {
    const facts = { name: `courtyard_${name}`, help, read: () => read(measured.store()) };
    registerGivenHistogram(facts, registry);
  }
  collectDefaultMetrics({ register: registry, ...NO_SUMMARY });
  for (const { name } of registry.getMetricsAsArray()) {
    if (!name.startsWith('courtyard_') && !OF_THE_PROCESS.has(name)) {
      registry.removeSingleMetric(name);
    }
  }
  return { contentType: registry.contentType, text: () => registry.metrics() };
}

/** A name that ends in `_total` counts up from the start; any other goes up and down. */
function register({ name, help, labels = [], read }: Meter, measured: Measured, to: Registry) {
  const facts = { name: `courtyard_${name}`, help, labelNames: [...labels], registers: [to] };
  if (name.endsWith('_total')) {
    const counter = new Counter({
      ...facts,
      collect() {
        counter.reset();
        for (const [value, at = {}] of read(measured)) counter.inc({ ...at }, value);
      },
    });
    return;
  }
  const gauge = new Gauge({
    ...facts,
    collect() {
      gauge.reset();
      for (const [value, at = {}] of read(measured)) gauge.set({ ...at }, value);
    },
  });
}

/**
 * Its one summary is not ours to show, and turns a wheel by the time of day: a clock that leaps from
 * 1970 to now would have it turn for seconds, and the gateway stand still.
 */
const NO_SUMMARY = {
  eventLoopUtilizationMaxAgeSeconds: 0,
  eventLoopUtilizationTimeout: 2_147_483_647,
};

/** Of what the library knows of a Node process, that which an engineer would ask for. */
const OF_THE_PROCESS: ReadonlySet<string> = new Set([
  'process_cpu_user_seconds_total',
  'process_cpu_system_seconds_total',
  'process_cpu_seconds_total',
  'process_start_time_seconds',
  'process_resident_memory_bytes',
  'process_open_fds',
  'process_max_fds',
  'nodejs_eventloop_lag_seconds',
  'nodejs_eventloop_lag_mean_seconds',
  'nodejs_eventloop_lag_max_seconds',
  'nodejs_eventloop_lag_p50_seconds',
  'nodejs_eventloop_lag_p99_seconds',
  'nodejs_heap_size_total_bytes', // sets the two below as well
  'nodejs_heap_size_used_bytes',
  'nodejs_external_memory_bytes',
  'nodejs_gc_duration_seconds',
  'nodejs_version_info',
]);

const perFollower = (
  name: string,
  help: string,
  read: (follower: MeasuredFollower) => number,
): Meter => ({
  name,
  help,
  labels: ['follower'],
  read: ({ followers }) => followers().map((each) => [read(each), { follower: each.id }]),
});

const ofStore = (name: string, help: string, read: (store: MeasuredStore) => number): Meter => ({
  name,
  help,
  read: ({ store }) => [[read(store())]],
});

const inSeconds = (figures: GivenFigures | undefined): GivenFigures | undefined =>
  figures && {
    count: figures.count,
    sum: figures.sum / 1000,
    steps: figures.steps.map(([upTo, count]) => [upTo / 1000, count] as const),
  };

export const HISTOGRAMS = [
  {
    name: 'commit_seconds',
    help: 'How long transactions took, the wait for the disk included.',
    read: ({ commitMs }: MeasuredStore) => inSeconds(commitMs),
  },
  {
    name: 'commit_entries',
    help: 'How many entries each transaction made durable.',
    read: ({ batch }: MeasuredStore) => batch,
  },
];

export const METERS: readonly Meter[] = [
  {
    name: 'info',
    help: 'What runs here; always 1.',
    labels: ['version', 'site'],
    read: ({ version, site }) => [[1, { version, site }]],
  },
  ...INTAKE_METERS,
  ofStore('store_up', 'Whether records can be made durable.', ({ state }) =>
    state === 'ok' ? 1 : 0,
  ),
  ofStore('log_head', 'The last durable sequence of the log.', ({ head }) => head),
  ofStore('store_commits_total', 'Transactions since the start.', ({ commits }) => commits),
  ofStore(
    'store_last_commit_seconds',
    'How long the last transaction took, the wait for the disk included.',
    ({ lastCommitMs }) => lastCommitMs / 1000,
  ),
  ofStore(
    'store_waiting_entries',
    'Entries that are written and not durable yet.',
    ({ waitingEntries }) => waitingEntries,
  ),
  ofStore(
    'store_waiting_bytes',
    'About how much memory they hold.',
    ({ waitingBytes }) => waitingBytes,
  ),
  ofStore(
    'store_restarts_total',
    'Times that the writing thread died and was started again.',
    ({ restarts }) => restarts ?? 0,
  ),
  ofStore(
    'store_free_bytes',
    'Space left on the disk that holds the store.',
    ({ freeBytes }) => freeBytes,
  ),
  {
    name: 'fold_behind_records',
    help: 'Records that are durable and that alarms, tickets and screens do not know yet.',
    read: ({ store, foldedTo }) => [[Math.max(0, store().head - foldedTo())]],
  },
  perFollower(
    'follower_up',
    'Whether the far side takes what it is sent: 1 yes, also while catching up.',
    ({ state }) => (state === 'down' ? 0 : 1),
  ),
  perFollower('follower_cursor', 'The last sequence it is done with.', ({ cursor }) => cursor),
  perFollower(
    'follower_behind_records',
    'Records that the log has and it has not passed.',
    ({ behind }) => behind,
  ),
  perFollower(
    'follower_parked_total',
    'Records that the far side refused for good.',
    ({ parked }) => parked,
  ),
  ...CHANNEL_METERS,
  {
    name: 'alarms',
    help: 'Alarms that are active or not acknowledged.',
    labels: ['severity', 'state'],
    read: ({ alarms }) => {
      const all = [...alarms()];
      return SEVERITIES.flatMap((severity) =>
        ALARM_STATES.filter((state) => state !== 'normal').map((state): Sample => [
          all.filter((alarm) => alarm.severity === severity && alarm.state === state).length,
          { severity, state },
        ]),
      );
    },
  },
  {
    name: 'tickets_open',
    help: 'Tickets that somebody still has to do something for.',
    labels: ['team'],
    read: ({ openTickets }) => {
      const all = [...openTickets()];
      return TEAMS.map((team): Sample => [
        all.filter((ticket) => ticket.team === team).length,
        { team },
      ]);
    },
  },
  {
    name: 'clock_synchronized',
    help: 'Whether the network set the clock: 1 yes, 0 no; absent where nobody can say.',
    read: ({ clock }) => {
      const { state } = clock();
      return state === 'unknown' ? [] : [[state === 'synchronised' ? 1 : 0]];
    },
  },
  {
    name: 'clock_steps_total',
    help: 'Times that the time of day was set while the gateway ran.',
    read: ({ clock }) => [[clock().steps]],
  },
  {
    name: 'signins_total',
    help: 'Passwords that were shown: right, wrong, turned away unheard (locked out), or too many at once.',
    labels: ['result'],
    read: ({ signIns }) =>
      Object.entries(signIns()).map(([result, count]): Sample => [count, { result }]),
  },
  {
    name: 'live_viewers',
    help: 'Screens that follow the live stream.',
    read: ({ viewers }) => [[viewers()]],
  },
];
