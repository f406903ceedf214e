// What stands behind the ledger's figures: corrections, one day opened up, how windows were used, and
// which bin is full next. And the ledger's own rows.
import { Type, type Static } from 'typebox';
import { STREAMS } from '../domain/asset.ts';
import { CORRECTION_STATES } from '../domain/correction.ts';
import { EVENT_FLAGS, WEIGHED_KINDS, WITNESSES } from '../domain/deposit.ts';
import { BASES, ORIGINS } from '../domain/ledger.ts';
import { RELIABILITIES } from '../domain/rhythm.ts';
import { SUSPICIONS } from '../domain/suspect.ts';
import { When, words } from './schema-words.ts';

const Kg = Type.Number({ description: 'kg' });
const Day = Type.String({ description: '2026-11-22, in the site’s zone' });

export const LedgerRowView = Type.Object(
  {
    period: Type.String({ description: '2026-11-22, 2026-W47 or 2026-11, in the site’s zone' }),
    stream: words(STREAMS, '品类'),
    station: Type.Optional(Type.String({ description: 'Absent where a sheet names none' })),
    kg: Type.Optional(
      Type.Number({ description: 'Absent for a level of which nobody gave the density' }),
    ),
    basis: words(BASES, 'By residents, or by the crew'),
    origin: words(ORIGINS, 'How it is known'),
    completeness: Type.Number({
      description:
        'Measured: share of the period’s minutes in which its bins were heard. Imported: share of its days that the sheets speak of, times the share of their figures that held a number',
    }),
    source: Type.Optional(Type.String({ description: 'Imported: whose sheet' })),
    correctedKg: Type.Optional(
      Type.Number({ description: 'What approved corrections add to `kg`, or take off it' }),
    ),
    pending: Type.Optional(
      Type.Integer({ description: 'Corrections that wait for a second person' }),
    ),
    litres: Type.Optional(Type.Number({ description: 'Estimated: by how much the level moved' })),
    standingKg: Type.Optional(
      Type.Number({ description: 'Measured: what stood in the bins when the period ended' }),
    ),
    unbalancedKg: Type.Optional(
      Type.Number({ description: 'Kilograms that came or went and no event explains' }),
    ),
    wetShare: Type.Optional(
      Type.Number({ description: 'Wet waste: 0…1 of all that its station got in the period' }),
    ),
    unusual: Type.Optional(
      Type.Object(
        {
          kind: words(['jump', 'drop'], 'Which way'),
          usualKg: Type.Number({ description: 'Median of the same weekday over eight weeks' }),
          weeks: Type.Integer({ description: 'How many of them are known; four at least' }),
        },
        { description: 'By day: far from what the same weekday had' },
      ),
    ),
    revision: Type.Optional(
      Type.Integer({ description: 'How often late readings changed it after it had been over' }),
    ),
    reopenedAt: Type.Optional(When),
    lastYear: Type.Optional(
      Type.Object({
        kg: Type.Number({
          description: 'The same on every row of one period, stream, station and basis',
        }),
        origin: words(ORIGINS, 'How it is known'),
        completeness: Type.Number(),
      }),
    ),
  },
  { $id: 'LedgerRow' },
);

export const CorrectionView = Type.Object(
  {
    id: Type.String(),
    day: Day,
    stream: words(STREAMS, '品类'),
    station: Type.String(),
    basis: words(BASES, 'Which of the day’s two figures'),
    kg: Type.Number({ description: 'Added to the measured figure; below 0 taken off it' }),
    reason: Type.String(),
    by: Type.String({ description: 'Who asked' }),
    at: When,
    state: words(CORRECTION_STATES, 'Only an approved one counts'),
    decidedBy: Type.Optional(Type.String({ description: 'Never who asked' })),
    decidedAt: Type.Optional(When),
    answer: Type.Optional(Type.String()),
  },
  { $id: 'Correction' },
);

const BinBalanceView = Type.Object({
  asset: Type.String(),
  inKg: Type.Number({ description: 'Deposited, less what was taken out again' }),
  outKg: Type.Number({ description: 'Collected' }),
  startKg: Type.Optional(Type.Number({ description: 'What stood in it when the day began' })),
  endKg: Type.Optional(Type.Number({ description: 'And when it was last weighed that day' })),
  unexplainedKg: Type.Optional(
    Type.Number({ description: 'Change that no event explains; above 0 where more stands there' }),
  ),
  toleratedKg: Type.Number({ description: 'What its scale may be off by' }),
  isBalanced: Type.Boolean(),
  heardMinutes: Type.Integer(),
  silent: Type.Array(Type.Object({ from: When, to: When }), {
    description: 'When nothing was heard of it',
  }),
});

const EventView = Type.Object({
  kind: words(WEIGHED_KINDS, 'What happened'),
  asset: Type.String(),
  at: When,
  kg: Type.Optional(Kg),
  litres: Type.Optional(Type.Number()),
  by: words(WITNESSES, 'Who says so'),
  estimated: Type.Optional(Type.Boolean()),
  flags: Type.Optional(Type.Array(words(EVENT_FLAGS, 'What is remarkable of it'))),
});

export const LedgerDayView = Type.Object(
  {
    day: Day,
    station: Type.String(),
    stream: words(STREAMS, '品类'),
    start: When,
    end: When,
    minutes: Type.Integer({ description: '1440 but where the clocks change' }),
    completeness: Type.Number(),
    depositedKg: Kg,
    collectedKg: Kg,
    revision: Type.Integer(),
    reopenedAt: Type.Optional(When),
    bins: Type.Array(BinBalanceView),
    events: Type.Array(EventView, { description: 'Oldest first' }),
    isCut: Type.Boolean({ description: 'There are more events than are shown' }),
    corrections: Type.Array(CorrectionView),
    excluded: Type.Array(
      Type.Object({ device: Type.String(), reason: Type.String(), count: Type.Integer() }),
      { description: 'What the bins’ devices sent that day and is not in the figures' },
    ),
  },
  { $id: 'LedgerDay' },
);

export const WindowDayView = Type.Object(
  {
    day: Day,
    station: Type.String(),
    windows: Type.Array(Type.Object({ from: When, to: When }), {
      description: 'Of that day, by its weekday, season and holiday; none: it takes rubbish always',
    }),
    deposits: Type.Integer(),
    kg: Kg,
    offHours: Type.Object({ count: Type.Integer(), kg: Kg }),
    dumping: Type.Object(
      {
        count: Type.Integer(),
        kg: Kg,
        cases: Type.Array(
          Type.Object({
            asset: Type.String(),
            at: When,
            kg: Type.Optional(Kg),
            litres: Type.Optional(Type.Number()),
            why: Type.Array(words(SUSPICIONS, 'What speaks for it')),
          }),
        ),
      },
      { description: 'Suspected; nobody has seen it' },
    ),
    full: Type.Array(Type.Object({ asset: Type.String(), minutes: Type.Integer() }), {
      description: 'Bins that stood full while the station took rubbish',
    }),
    slots: Type.Integer({ description: 'Its windows, in tens of minutes' }),
    usedSlots: Type.Integer({ description: 'Those in which something came' }),
    used: Type.Optional(Type.Number({ description: '0…1; absent where there is no window' })),
  },
  { $id: 'WindowDay' },
);

export const TimeToFullView = Type.Object(
  {
    at: Type.Optional(When),
    fromAt: Type.Optional(When),
    toAt: Type.Optional(When),
    reliability: words(RELIABILITIES, 'By how far its own forecasts were off'),
  },
  { $id: 'TimeToFull', description: 'No `at`: not within a fortnight' },
);

const MissedView = Type.Object(
  { expectedBy: When },
  { description: 'It is usually emptied by then, and was not' },
);

/** What an asset's view says of a bin. */
export const howItFills = {
  timeToFull: Type.Optional(TimeToFullView),
  missedCollection: Type.Optional(MissedView),
  collectedAt: Type.Optional(When),
};

export const outOfService = {
  outOfService: Type.Optional(
    Type.Object(
      { since: When, reason: Type.Optional(Type.String()) },
      { description: 'Taken out on site: it is not counted, and speaks to nobody' },
    ),
  ),
};

export const NextBinView = Type.Object(
  {
    asset: Type.String(),
    name: Type.String(),
    station: Type.String(),
    stream: words(STREAMS, '品类'),
    level: Type.Number({ description: '0…1 of its limit' }),
    isFull: Type.Boolean(),
    ...howItFills,
  },
  { $id: 'NextBin' },
);

export type LedgerRowView = Static<typeof LedgerRowView>;
export type CorrectionView = Static<typeof CorrectionView>;
export type LedgerDayView = Static<typeof LedgerDayView>;
export type WindowDayView = Static<typeof WindowDayView>;
export type TimeToFullView = Static<typeof TimeToFullView>;
export type NextBinView = Static<typeof NextBinView>;
