// Where a ticket would reach nobody, as it goes over the wire.
import { Type, type Static } from 'typebox';
import { TEAMS } from '../domain/ticket.ts';
import { words } from './schema-words.ts';

export const CoverageView = Type.Object(
  {
    buildingsWithoutSteward: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }), {
      description: 'Buildings of the site file that are in nobody’s charge',
    }),
    teams: Type.Array(
      Type.Object({
        team: words(TEAMS, 'Whose work it is'),
        people: Type.Integer({ description: 'Active members' }),
        onDutyNow: Type.Array(Type.String(), { description: 'Sign-in names' }),
        isEmptyAllWeek: Type.Boolean({ description: 'Nobody has hours in the whole week' }),
      }),
    ),
  },
  { $id: 'Coverage' },
);
export type CoverageView = Static<typeof CoverageView>;
