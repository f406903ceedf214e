// The loss ledger as JSON: what each source and device said since the start, what became of it by
// day, and every loss as a row. Part of schemas.ts, where everybody gets it.
import { Type, type Static } from 'typebox';
import { DEAFNESS, LOSS_REASONS } from '../domain/loss.ts';
import { When, words } from './schema-words.ts';

const ByReason = (description: string) =>
  Type.Record(Type.String(), Type.Integer(), { description });
const Optional = (description: string) => Type.Optional(Type.Integer({ description }));

export const SourceView = Type.Object(
  {
    id: Type.String(),
    kind: Type.String(),
    state: words(['starting', 'up', 'down'], 'Whether it hears'),
    since: Type.Optional(When),
    why: Type.Optional(Type.String()),
    heard: Type.Integer({
      description: 'Frames or messages at the socket or port, since the start',
    }),
    framed: Optional('Of those, the ones that came whole'),
    decoded: Optional('Of those, the ones that were understood'),
    stored: Type.Integer({ description: 'Durable, as readings or as rejections' }),
    readings: Optional('The readings in them'),
    acknowledged: Type.Integer(),
    rejected: ByReason('Readings and frames that were refused, by reason'),
    skippedBytes: Type.Integer(),
    dropped: Optional('Heard and lost before it was stored'),
    lostBy: Type.Optional(ByReason('Given up by our own policy, by reason')),
    inFlight: Optional('Heard, and on the way to the disk at this moment'),
    failed: Optional(
      'Not stored and not acknowledged: the sender keeps it, or it is among the dropped',
    ),
    turnedAway: Type.Optional(
      ByReason('Brokers: connections and packets that were refused at the door, by reason'),
    ),
    notes: Type.Optional(
      Type.Array(Type.String(), { description: 'What an engineer should look at though it hears' }),
    ),
    asked: Optional('Commands sent, where devices are polled'),
    lost: Type.Integer({ description: 'Times that the way to it was lost' }),
  },
  { $id: 'Source' },
);

export const DeviceView = Type.Object(
  {
    id: Type.String(),
    source: Type.String(),
    state: words(['unknown', 'up', 'late', 'silent', 'offline'], 'How it was last heard'),
    lastHeardAt: Type.Optional(When),
    expectedS: Type.Number(),
    heard: Type.Integer({ description: 'Readings, the refused ones too, since the start' }),
    stored: Type.Integer(),
    readings: Optional('Of those stored, the ones that were taken'),
    acknowledged: Type.Optional(Type.Integer()),
    inFlight: Type.Optional(Type.Integer()),
    rejected: Type.Record(Type.String(), Type.Integer()),
    lostBy: Type.Optional(ByReason('Given up by our own policy, by reason')),
    missing: Optional('Numbers of its own counter that are missing and may still come'),
    owed: Optional('Messages that its rhythm promises and that do not come, up to now'),
  },
  { $id: 'Device' },
);

/** What was heard and not taken, and why; the bytes where they are still kept. */
export const RejectionView = Type.Object(
  {
    at: When,
    source: Type.Optional(Type.String()),
    device: Type.Optional(Type.String()),
    reason: Type.String({ description: 'A closed set of words, each also a counter' }),
    detail: Type.Optional(Type.String()),
    rawHex: Type.Optional(Type.String()),
  },
  { $id: 'Rejection' },
);

/** A record that a follower's target refused for good; kept so that it can be looked at. */
export const DeadLetterView = Type.Object(
  {
    follower: Type.String(),
    sequence: Type.Integer(),
    words: Type.String({ description: 'The target’s own words' }),
    at: When,
  },
  { $id: 'DeadLetter' },
);

const ACCOUNT = {
  heard: Type.Integer({
    description: 'Frames or messages: those stored, and those given up by policy',
  }),
  stored: Type.Integer({ description: 'Frames or messages that were written down' }),
  readings: Type.Integer({ description: 'The readings in them' }),
  rejected: ByReason('Readings and frames that were refused, by reason'),
  lost: ByReason('Messages that are lost, by reason'),
  noted: ByReason(
    'What is no message (bytes, strangers, silences), or is told by a gap of the same device already',
  ),
};

export const IntakeDayView = Type.Object(
  {
    day: Type.String({ description: '2026-11-22, in the site’s zone, by receipt' }),
    isOver: Type.Boolean(),
    line: Type.String({ description: 'The day in one sentence, as it is logged when it ends' }),
    ...ACCOUNT,
    lostInAll: Type.Integer(),
    sources: Type.Array(Type.Object({ id: Type.String(), ...ACCOUNT })),
    devices: Type.Array(Type.Object({ id: Type.String(), source: Type.String(), ...ACCOUNT }), {
      description: 'Where one day is asked for; for sixty days, after that within their sources',
    }),
  },
  { $id: 'IntakeDay' },
);

export const LossView = Type.Object(
  {
    id: Type.String(),
    day: Type.String(),
    source: Type.String(),
    device: Type.Optional(Type.String()),
    reason: words(LOSS_REASONS, 'Why it was not written down'),
    from: When,
    to: When,
    count: Type.Integer({ description: 'Messages; bytes where they were skipped' }),
    firstSeq: Optional('Gaps: the first number that is missing'),
    lastSeq: Optional('Gaps: the last number that is missing'),
    why: Type.Optional(words(DEAFNESS, 'What we had to do with it')),
    isInGaps: Type.Optional(
      Type.Boolean({ description: 'A gap of the same device tells it too; counted once' }),
    ),
  },
  { $id: 'Loss' },
);

export const LossesView = Type.Object(
  {
    losses: Type.Array(LossView, { description: 'Newest first' }),
    next: Type.Optional(
      Type.Integer({ description: '`offset` of the rest; absent on the last page' }),
    ),
  },
  { $id: 'Losses' },
);

export const IntakeView = Type.Object(
  {
    since: Type.Optional(When),
    sources: Type.Array(SourceView),
    devices: Type.Array(DeviceView),
    days: Type.Optional(
      Type.Array(IntakeDayView, { description: 'Today, or the days that were asked for' }),
    ),
  },
  { $id: 'Intake' },
);

export type SourceView = Static<typeof SourceView>;
export type DeviceView = Static<typeof DeviceView>;
export type RejectionView = Static<typeof RejectionView>;
export type DeadLetterView = Static<typeof DeadLetterView>;
export type IntakeDayView = Static<typeof IntakeDayView>;
export type LossView = Static<typeof LossView>;
export type LossesView = Static<typeof LossesView>;
export type IntakeView = Static<typeof IntakeView>;
