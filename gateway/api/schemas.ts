// The JSON that goes over the wire, once: validation, types and OpenAPI all come from here.
// The screens import these types and nothing else of the gateway.
import { Type, type Static } from 'typebox';
import { MEANINGS } from '../domain/agreement.ts';
import { ALARM_STATES, ENDED_BY, SEVERITIES } from '../domain/alarm.ts';
import { STREAMS } from '../domain/asset.ts';
import { CATEGORIES, ROUTES, TEAMS, TICKET_STATES } from '../domain/ticket.ts';
import { When, words } from './schema-words.ts';
import { howItFills, outOfService } from './schemas-ledger.ts';
import { ContactView, Named } from './schemas-labels.ts';
import { besideTheBins } from './schemas-posts.ts';
import { ReportsView } from './schemas-reports.ts';
import type { SourceView } from './schemas-intake.ts';

export * from './schema-words.ts';
export * from './schemas-accounts.ts';
export * from './schemas-coverage.ts';
export * from './schemas-evidence.ts';
export * from './schemas-intake.ts';
export * from './schemas-labels.ts';
export * from './schemas-ledger.ts';
export * from './schemas-maintenance.ts';
export * from './schemas-notices.ts';
export * from './schemas-patrols.ts';
export * from './schemas-problems.ts';
export * from './schemas-posts.ts';
export * from './schemas-rehearsal.ts';
export * from './schemas-secrets.ts';
export * from './schemas-weighed.ts';

export const ASSET_STATES = [
  'unknown',
  'normal',
  'near-full',
  'full',
  'fault',
  'stale',
  'offline',
] as const;

export const LatestView = Type.Object(
  {
    value: Type.Number(),
    unit: Type.String(),
    observedAt: When,
    ageS: Type.Number({ description: 'Seconds since observedAt, by the gateway’s clock' }),
    quality: words(
      ['good', 'doubted', 'stale'],
      'Whether rules believe it, and whether it still counts',
    ),
    doubt: Type.Optional(Type.String({ description: 'Why it is doubted' })),
  },
  { $id: 'Latest' },
);

export const AssetView = Type.Object(
  {
    id: Type.String(),
    kind: words(['bin', 'scale', 'lamp', 'meter'], 'What it is'),
    name: Type.String(),
    station: Type.Optional(Type.String()),
    circuit: Type.Optional(Type.String()),
    stream: Type.Optional(words(STREAMS, '品类')),
    position: Type.Optional(Type.Integer({ description: 'The number painted on the bin’s place' })),
    state: words(ASSET_STATES, 'The worst thing that holds of it'),
    /** The interval at which its device reports; screens count staleness in it. */
    expectedS: Type.Number({ description: 'Seconds between two readings of a healthy device' }),
    shouldBeOn: Type.Optional(Type.Boolean({ description: 'Lamps: by sun or timetable, now' })),
    alarms: Type.Array(Type.String(), { description: 'Rules whose alarm is active on it' }),
    limits: Type.Optional(
      Type.Record(Type.String(), Type.Number(), {
        description: 'The level at which a rule trips, by quantity; where several do, the worst',
      }),
    ),
    latest: Type.Record(Type.String(), LatestView),
    ...howItFills,
    ...outOfService,
  },
  { $id: 'Asset' },
);

export const SeriesView = Type.Object(
  {
    unit: Type.String(),
    stepS: Type.Number(),
    points: Type.Array(
      Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
      { description: '[epochMs, min, mean, max, count]; steps without data are left out' },
    ),
  },
  { $id: 'Series' },
);

/** A rule's condition in its parts, for screens that phrase it in a tongue of their own. */
const CONDITION_KINDS = [
  'threshold',
  'outside',
  'rate',
  'noise',
  'off-hours',
  'meaning',
  'disagree',
  'repeat',
  'silence',
  'stuck',
  'lamp',
  'most-of',
  'link',
] as const;

export const ConditionView = Type.Object({
  kind: words(CONDITION_KINDS, 'What is asked'),
  side: Type.Optional(
    words(
      ['above', 'below', 'rises', 'falls'],
      'threshold: on which side of the limit; rate: which way',
    ),
  ),
  clearAt: Type.Optional(
    Type.Number({ description: 'threshold: past this it is over, in the quantity’s unit' }),
  ),
  band: Type.Optional(
    Type.Array(Type.Number(), { description: 'outside: least, most, and the band that clears' }),
  ),
  limit: Type.Optional(
    Type.Number({
      description:
        'rate: by how much; noise: standard deviation; disagree: how far apart; all in the quantity’s unit. off-hours: kg. repeat: how often',
    }),
  ),
  withinS: Type.Optional(Type.Number({ description: 'rate, noise, repeat: in how many seconds' })),
  with: Type.Optional(Type.String({ description: 'disagree: the other quantity' })),
  withAsset: Type.Optional(Type.String({ description: 'disagree: whose, where it is another’s' })),
  of: Type.Optional(Type.String({ description: 'repeat: the rule that is counted' })),
  meaning: Type.Optional(words(MEANINGS, 'meaning: what the scale and the level say together')),
  forS: Type.Optional(
    Type.Number({
      description: 'silence, stuck: seconds without news; a silence that is learned has none',
    }),
  ),
  should: Type.Optional(words(['on', 'off'], 'lamp: what it should be')),
  share: Type.Optional(Type.Number({ description: 'most-of: share of the lamps, 0…1' })),
});

export const AlarmView = Type.Object(
  {
    id: Type.String(),
    rule: Type.String(),
    asset: Type.String(),
    severity: words(SEVERITIES, 'low, medium or high'),
    state: words(ALARM_STATES, 'ISA-18.2'),
    quantity: Type.Optional(Type.String()),
    value: Type.Optional(Type.Number()),
    text: Type.String({ description: 'The rule in words, with limits and units' }),
    raisedAt: When,
    clearedAt: Type.Optional(When),
    endedBy: Type.Optional(words(ENDED_BY, 'Over because the site file was edited')),
    acknowledgedBy: Type.Optional(Type.String()),
    acknowledgedAt: Type.Optional(When),
    reAlarmAt: Type.Optional(When),
    returnedAt: Type.Optional(When),
    shelvedAt: Type.Optional(When),
    shelvedUntil: Type.Optional(When),
    shelvedReason: Type.Optional(Type.String()),
    suppressedReason: Type.Optional(Type.String({ description: 'Why people are at work there' })),
    takenOutBy: Type.Optional(Type.String()),
    takenOutAt: Type.Optional(When),
    takenOutReason: Type.Optional(Type.String()),
    chattering: Type.Optional(Type.Boolean({ description: 'Comes and goes; better shelved' })),
    incident: Type.Optional(Type.String({ description: 'The flood that it came in' })),
    ticket: Type.Optional(Type.String()),
    inside: Type.Array(Type.String(), {
      description: 'What one cause took with it, first to go first',
    }),
    explainedBy: Type.Optional(
      Type.String({ description: 'The bigger alarm that explains this one' }),
    ),
    limit: Type.Optional(Type.Number({ description: 'The rule’s limit, in the quantity’s unit' })),
    holdForS: Type.Optional(Type.Number()),
    condition: Type.Optional(ConditionView),
  },
  { $id: 'Alarm' },
);

export const HistoryView = Type.Object({
  at: When,
  by: Type.String(),
  role: Type.String(),
  action: Type.String(),
  from: Type.String(),
  to: Type.String(),
  reason: Type.Optional(Type.String()),
});

export const TicketView = Type.Object(
  {
    id: Type.String(),
    number: Type.Integer(),
    category: words(CATEGORIES, 'What is wrong'),
    severity: words(SEVERITIES, 'low, medium or high'),
    asset: Type.Optional(Type.String()),
    building: Type.Optional(Type.String({ description: 'A building of the site file' })),
    place: Type.String(),
    title: Type.String(),
    suggestion: Type.Optional(Type.Boolean({ description: 'An idea: its answer ends it' })),
    route: words(ROUTES, 'Which steps it walks'),
    state: words(TICKET_STATES, 'Where it stands'),
    waiting: Type.Optional(words(['parts', 'resident'], 'What it waits for')),
    waitingSince: Type.Optional(When),
    team: words(TEAMS, 'Whose it is'),
    assignee: Type.Optional(Type.String()),
    raisedBy: Type.String(),
    raisedAt: When,
    dueAt: Type.Optional(When),
    dueSetBy: Type.Optional(
      Type.String({ description: 'Who set dueAt by hand; else it follows from the limits' }),
    ),
    soonAt: Type.Optional(When),
    escalated: Type.Optional(
      words(['before', 'after'], 'That the next person up has heard, before or after it was due'),
    ),
    escalatedTo: Type.Optional(Type.String({ description: 'A person, or a role' })),
    parkedUntil: Type.Optional(When),
    awaits: Type.Optional(
      Type.String({ description: 'What its sensor has to show until parkedUntil' }),
    ),
    lookBackAt: Type.Optional(When),
    closesAt: Type.Optional(When),
    stars: Type.Optional(Type.Integer({ description: '1–5, by whoever raised it' })),
    endedBecause: Type.Optional(Type.String({ description: 'Why it was declined or merged' })),
    returns: Type.Integer(),
    version: Type.Integer(),
    alarms: Type.Array(Type.String()),
    mergedInto: Type.Optional(Type.String()),
    photos: Type.Array(Type.String()),
    history: Type.Array(HistoryView),
    reports: Type.Optional(ReportsView),
    actions: Type.Array(Type.String(), { description: 'What may be done to it now' }),
  },
  { $id: 'Ticket' },
);

/** What became of the readings that a device posted. */
export const ReadingsView = Type.Object(
  {
    device: Type.String({ description: 'Whose token it was' }),
    readings: Type.Integer({ description: 'Taken, the doubted ones included' }),
    rejected: Type.Record(Type.String(), Type.Integer(), { description: 'Refused, by reason' }),
    details: Type.Array(Type.String(), { description: 'The first refusals, in words' }),
  },
  { $id: 'Readings' },
);

/** What a screen needs to know of the place as a whole. */
export const SiteView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    zone: Type.String(),
    simulated: Type.Boolean(),
    version: Type.String(),
    now: When,
    sunset: Type.Optional(When),
    sunrise: Type.Optional(When),
    stations: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        windows: Type.Array(
          Type.Object({ days: Type.Array(Type.String()), from: Type.String(), to: Type.String() }),
        ),
        ...besideTheBins,
      }),
    ),
    circuits: Type.Array(
      Type.Object({ id: Type.String(), name: Type.String(), lamps: Type.Array(Type.String()) }),
    ),
    buildings: Type.Optional(Type.Array(Named)),
    contact: Type.Optional(ContactView),
    influx: words(['none', 'up', 'behind', 'down'], 'How the copy to InfluxDB is doing'),
  },
  { $id: 'Site' },
);

/** RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String({
      description: 'urn:courtyard:problem:<word> or urn:courtyard:fault:<code>',
    }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    instance: Type.Optional(Type.String()),
    errors: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
        description: 'Every field that does not fit, by its path: `body.until`',
      }),
    ),
    roles: Type.Optional(
      Type.Array(Type.String(), { description: 'With a 403: the roles that may ask there' }),
    ),
  },
  { $id: 'Problem' },
);

export type LatestView = Static<typeof LatestView>;
export type AssetView = Static<typeof AssetView>;
export type SeriesView = Static<typeof SeriesView>;
export type ConditionView = Static<typeof ConditionView>;
export type AlarmView = Static<typeof AlarmView>;
export type TicketView = Static<typeof TicketView>;
export type HistoryView = Static<typeof HistoryView>;
export type ReadingsView = Static<typeof ReadingsView>;
export type SiteView = Static<typeof SiteView>;
export type Problem = Static<typeof Problem>;

/**
 * One event of `/api/v1/live`. `event:` is the kind, `data:` its JSON. Right after connecting come
 * `site`, then every asset, active alarm, open ticket and source; after that whole snapshots of
 * what changed, by key, and `beat` once a second.
 */
export type LiveEvent =
  | { readonly kind: 'site'; readonly data: SiteView }
  | { readonly kind: 'asset'; readonly data: AssetView }
  | { readonly kind: 'alarm'; readonly data: AlarmView }
  | { readonly kind: 'ticket'; readonly data: TicketView }
  | { readonly kind: 'source'; readonly data: SourceView }
  | { readonly kind: 'beat'; readonly data: { readonly now: string } };
