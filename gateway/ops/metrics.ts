// How the gateway is doing, for Prometheus. Every number stands once in the table below, with its
// words; each scrape reads the house anew, so nothing is counted twice and nothing is kept here.
// Promise: labels are bounded. They are ids of the site file and closed sets of words, never
// anything that was heard: a stranger's name must not become a time series.
import { collectDefaultMetrics, Counter, Gauge, Registry } from '@prometheus-io/client';
import { ALARM_STATES, SEVERITIES } from '../domain/alarm.ts';
import { TEAMS } from '../domain/ticket.ts';

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
  /** Those that are active or not acknowledged. */
  readonly alarms: () => Iterable<{ readonly severity: string; readonly state: string }>;
  readonly openTickets: () => Iterable<{ readonly team: string }>;
  readonly viewers: () => number;
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
}

interface MeasuredDevice {
  readonly id: string;
  readonly heard: number;
  readonly stored: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly lastHeardAt?: string;
}

interface MeasuredStore {
  readonly state: 'ok' | 'failing';
  readonly head: number;
  readonly commits: number;
  readonly lastCommitMs: number;
  readonly freeBytes: number;
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

type Sample = readonly [value: number, labels?: Readonly<Record<string, string>>];

interface Meter {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly read: (measured: Measured) => Iterable<Sample>;
}

export function createMetrics(measured: Measured): Metrics {
  const registry = new Registry();
  for (const meter of METERS) register(meter, measured, registry);
  collectDefaultMetrics({ register: registry });
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
  'nodejs_heap_size_used_bytes',
  'nodejs_external_memory_bytes',
  'nodejs_gc_duration_seconds',
  'nodejs_version_info',
]);

type Count = 'heard' | 'stored' | 'acknowledged' | 'readings' | 'skippedBytes' | 'dropped' | 'lost';

const perSource = (name: string, help: string, count: Count): Meter => ({
  name,
  help,
  labels: ['source'],
  read: ({ sources }) => sources().map((each) => [each[count] ?? 0, { source: each.id }]),
});

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

const perDevice = (name: string, help: string, count: 'heard' | 'stored'): Meter => ({
  name,
  help,
  labels: ['device'],
  read: ({ devices }) => devices().map((each) => [each[count], { device: each.id }]),
});

const ofStore = (name: string, help: string, read: (store: MeasuredStore) => number): Meter => ({
  name,
  help,
  read: ({ store }) => [[read(store())]],
});

const reasonsOf = (rejected: Readonly<Record<string, number>>, label: string, id: string) =>
  Object.entries(rejected).map(([reason, count]): Sample => [count, { [label]: id, reason }]);

export const METERS: readonly Meter[] = [
  {
    name: 'info',
    help: 'What runs here; always 1.',
    labels: ['version', 'site'],
    read: ({ version, site }) => [[1, { version, site }]],
  },
  {
    name: 'source_up',
    help: 'Whether the source hears: 1 up, 0 starting or down.',
    labels: ['source', 'kind'],
    read: ({ sources }) =>
      sources().map(({ id, kind, state }) => [state === 'up' ? 1 : 0, { source: id, kind }]),
  },
  perSource('source_heard_total', 'Frames or messages as they came, whole or not.', 'heard'),
  perSource(
    'source_stored_total',
    'Frames or messages that are durable, as readings or as rejections.',
    'stored',
  ),
  perSource('source_acknowledged_total', 'Frames or messages told to be taken.', 'acknowledged'),
  perSource('source_readings_stored_total', 'Readings that are durable.', 'readings'),
  {
    name: 'source_rejected_total',
    help: 'What was heard and not taken, by its reason.',
    labels: ['source', 'reason'],
    read: ({ sources }) =>
      sources().flatMap(({ id, rejected }) => reasonsOf(rejected, 'source', id)),
  },
  perSource('source_skipped_bytes_total', 'Bytes skipped up to the next frame.', 'skippedBytes'),
  perSource('source_dropped_total', 'Messages given up before they were stored.', 'dropped'),
  perSource('source_losses_total', 'Times that the way to the source was lost.', 'lost'),
  perDevice('device_heard_total', 'Readings that the device sent, rejected ones too.', 'heard'),
  perDevice('device_stored_total', 'Readings and rejections of it that are durable.', 'stored'),
  {
    name: 'device_rejected_total',
    help: 'Readings of the device that were not taken, by their reason.',
    labels: ['device', 'reason'],
    read: ({ devices }) =>
      devices().flatMap(({ id, rejected }) => reasonsOf(rejected, 'device', id)),
  },
  {
    name: 'device_last_heard_timestamp_seconds',
    help: 'When the device was last heard, in seconds since 1970; absent where it never was.',
    labels: ['device'],
    read: ({ devices }) =>
      devices().flatMap(({ id, lastHeardAt }): Sample[] =>
        lastHeardAt === undefined ? [] : [[Date.parse(lastHeardAt) / 1000, { device: id }]],
      ),
  },
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
    name: 'live_viewers',
    help: 'Screens that follow the live stream.',
    read: ({ viewers }) => [[viewers()]],
  },
];
