// What was done and what speaks for it, as JSON: entries of the audit chain, and an alarm's evidence.
import { type Static, Type } from 'typebox';
import { When, words } from './schema-words.ts';

export const AUDITED = [
  'alarm',
  'asset',
  'ticket',
  'person',
  'device',
  'report',
  'round',
  'place',
  'notice',
  'post',
  'ledger',
  'site',
] as const;

const Hash = Type.String({ description: 'SHA-256, hexadecimal' });

export const AuditEntryView = Type.Object(
  {
    number: Type.Integer({ description: 'Its place in the chain, from 1 without gaps' }),
    at: When,
    by: Type.String(),
    role: Type.String(),
    on: words(AUDITED, 'What was acted on'),
    id: Type.String(),
    action: Type.String(),
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
    words: Type.Optional(Type.String({ description: 'Its reason or note' })),
    detail: Type.Unsafe<unknown>({ description: 'What was asked for and what changed by it' }),
    sequence: Type.Integer({ description: 'The record of the log that did it' }),
    hash: Hash,
  },
  { $id: 'AuditEntry' },
);

export const AuditView = Type.Object(
  {
    head: Type.Object(
      { entries: Type.Integer(), hash: Hash },
      { description: 'The end of the chain: write it down, and nothing before it can be changed' },
    ),
    entries: Type.Array(AuditEntryView, { description: 'Newest first' }),
  },
  { $id: 'Audit' },
);

const Samples = Type.Object(
  {
    takenAt: When,
    taken: words(['in-time', 'late'], 'late: what had been pruned by then is not in them'),
    unit: Type.String(),
    stepS: Type.Number(),
    points: Type.Array(
      Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
      { description: '[start as epoch ms, min, mean, max, count]' },
    ),
  },
  { $id: 'EvidenceSamples' },
);

const Open = { additionalProperties: true };

export const EvidenceView = Type.Object(
  {
    alarm: Type.String(),
    asset: Type.String(),
    raisedAt: When,
    quantity: Type.Optional(Type.String()),
    value: Type.Optional(Type.Number()),
    text: Type.String({ description: 'The rule in words, as it was' }),
    rule: Type.Optional(
      Type.Object({}, { ...Open, description: 'The rule as it was; spans in ms' }),
    ),
    clock: Type.Optional(Type.String({ description: 'What was thought of the gateway’s clock' })),
    device: Type.Optional(
      Type.Object({
        id: Type.String(),
        link: Type.Optional(words(['up', 'down'], 'What its own last word said')),
        lagS: Type.Optional(Type.Number({ description: 'How late its news was' })),
        laggingSince: Type.Optional(When),
        heardAt: Type.Optional(When),
      }),
    ),
    latest: Type.Array(
      Type.Object({
        quantity: Type.String(),
        value: Type.Number(),
        unit: Type.String(),
        observedAt: When,
        doubt: Type.Optional(Type.String()),
      }),
    ),
    before: Type.Optional(Samples),
    after: Type.Optional(Samples),
    state: words(['open', 'whole'], 'whole: it never changes again'),
  },
  { $id: 'Evidence' },
);

export type AuditView = Static<typeof AuditView>;
export type AuditEntryView = Static<typeof AuditEntryView>;
export type EvidenceView = Static<typeof EvidenceView>;
