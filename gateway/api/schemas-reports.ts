// What residents told of a ticket, as staff read it beside the ticket.
import { Type } from 'typebox';
import { REPORT_KINDS, SENSOR_SAYS } from '../domain/report.ts';
import { When, words } from './schema-words.ts';

const Addition = Type.Object({
  at: When,
  words: Type.String(),
  photos: Type.Array(Type.String()),
});

const SensorSaid = Type.Object(
  {
    says: words(SENSOR_SAYS, 'What its own sensor said'),
    name: Type.String({ description: 'Of the asset' }),
    quantity: Type.String(),
    value: Type.Number(),
    ageS: Type.Integer({ description: 'How old the value was then, in seconds' }),
  },
  { description: 'What the asset itself said then' },
);

export const ReportsView = Type.Array(
  Type.Object({
    at: When,
    kind: words(REPORT_KINDS, 'To be mended, or to be answered'),
    words: Type.String(),
    phone: Type.Optional(
      Type.String({ description: 'Only for whoever may work on it; gone after 90 days' }),
    ),
    photos: Type.Array(Type.String()),
    sensor: Type.Optional(SensorSaid),
    additions: Type.Array(Addition),
  }),
  { description: 'What residents told, oldest first; only where one ticket is read' },
);
