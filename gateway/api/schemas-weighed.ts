// What was thrown in, what was taken away, what stands at a place and what people did there, as JSON.
// Every number has its unit in its name; what was not weighed while it happened says that it is estimated.
import { Type, type Static } from 'typebox';
import { STREAMS } from '../domain/asset.ts';
import { EVENT_FLAGS, WITNESSES } from '../domain/deposit.ts';
import { SITE_ACTIONS } from '../domain/on-site.ts';
import { When, words } from './schema-words.ts';

const Ratio = Type.Number({ minimum: 0, maximum: 1 });

/** One thing that was thrown in, or one emptying. */
export const WeighedView = Type.Object(
  {
    id: Type.String(),
    at: When,
    /** The site's day that it is counted to. */
    day: Type.String(),
    asset: Type.String({ description: 'The bin; its platform where it is not known which bin' }),
    station: Type.Optional(Type.String()),
    stream: Type.Optional(words(STREAMS, '品类')),
    kg: Type.Optional(Type.Number()),
    litres: Type.Optional(Type.Number()),
    fillBefore: Type.Optional(Ratio),
    fillAfter: Type.Optional(Ratio),
    by: words(WITNESSES, 'Who says so; of several, whose kg it has'),
    witnesses: Type.Optional(Type.Array(words(WITNESSES, 'Everybody who says so'))),
    estimated: Type.Boolean({ description: 'Not weighed while it happened' }),
    offHours: Type.Boolean({ description: 'Out of the drop-off windows of its station' }),
    flags: Type.Array(words(EVENT_FLAGS, 'What else is known of it')),
    person: Type.Optional(Type.String({ description: 'Who said that they emptied it' })),
    note: Type.Optional(Type.String()),
  },
  { $id: 'Weighed' },
);
export type WeighedView = Static<typeof WeighedView>;

/** What stands at a bin's place. */
export const PlaceView = Type.Object(
  {
    asset: Type.String(),
    state: words(['in-service', 'out-of-service'], 'Whether it is counted'),
    reason: Type.Optional(Type.String()),
    container: Type.Optional(Type.String({ description: 'The number painted on it' })),
    tareKg: Type.Optional(Type.Number({ description: 'The tare that counts now' })),
    device: Type.Optional(Type.String()),
    since: Type.Optional(When),
    lastCollectedAt: Type.Optional(When),
    settledGrossKg: Type.Optional(
      Type.Number({
        description: 'What stands on its scale at rest now, and a tare of now would take',
      }),
    ),
  },
  { $id: 'PlaceState' },
);
export type PlaceView = Static<typeof PlaceView>;

/** One thing that was done on site. */
export const OnSiteView = Type.Object(
  {
    id: Type.String(),
    at: When,
    action: words(SITE_ACTIONS, 'What was done'),
    by: Type.String(),
    role: Type.String(),
    note: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
    container: Type.Optional(Type.String()),
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
    tareBeforeKg: Type.Optional(Type.Number()),
    tareKg: Type.Optional(Type.Number()),
  },
  { $id: 'OnSite' },
);
export type OnSiteView = Static<typeof OnSiteView>;
