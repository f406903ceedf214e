// Labels to print, as JSON: what stands on each, where its code leads, and what speaks against printing.
import { Type, type Static } from 'typebox';
import { ADDRESS_DOUBTS } from '../domain/address-doubt.ts';
import { SPOT_KINDS } from '../domain/spot.ts';
import { words } from './schema-words.ts';

export const ContactView = Type.Object({
  phone: Type.String({ description: 'For who has no internet' }),
  name: Type.Optional(Type.String()),
});

export const Named = Type.Object({ id: Type.String(), name: Type.String() });

const LabelView = Type.Object({
  code: Type.String({ description: 'The id in the site file; it may be read out by telephone' }),
  kind: words(SPOT_KINDS, 'What it stands on'),
  name: Type.String(),
  link: Type.Optional(
    Type.String({ description: 'What its code says; absent without site.publicUrl' }),
  ),
  within: Type.Optional(
    Type.Object(
      { id: Type.String(), name: Type.String() },
      { description: 'A lamp’s circuit; the building of a station or a meter' },
    ),
  ),
});

export const LabelsView = Type.Object(
  {
    site: Type.String({ description: 'The compound as people call it' }),
    contact: Type.Optional(ContactView),
    warnings: Type.Array(
      Type.Object({
        reason: words(ADDRESS_DOUBTS, 'What may keep a phone from reaching the gateway'),
        host: Type.Optional(Type.String()),
        listens: Type.Optional(Type.String()),
        words: Type.String({ description: 'As `courtyard check` says it' }),
      }),
    ),
    labels: Type.Array(LabelView),
  },
  { $id: 'Labels' },
);

export type LabelView = Static<typeof LabelView>;
export type LabelsView = Static<typeof LabelsView>;
