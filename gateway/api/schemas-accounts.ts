// Who works here and how they come in, as JSON. What a person is (name, role, teams) is open to those
// who assign work; a password, and a token after it was made, is in no answer at all.
import { Type, type Static } from 'typebox';
import { WEEKDAYS } from '../domain/asset.ts';
import { PERSON_ROLES } from '../domain/person.ts';
import { ROLES, TEAMS } from '../domain/ticket.ts';
import { When, words } from './schema-words.ts';

const strict = { additionalProperties: false };

/** A sign-in name; what history says an action was done by. */
export const PersonName = Type.String({
  pattern: '^[a-z0-9][a-z0-9._-]{1,31}$',
  description: 'Sign-in name: 2–32 of a–z, 0–9, dot, dash, underscore',
});
const CalledName = Type.String({ minLength: 1, maxLength: 60, description: 'As people call them' });
/** Longer or shorter ones are told apart only after the work of checking one was done. */
const AnyPassword = Type.String({ minLength: 1, maxLength: 256 });
const NewPassword = Type.String({
  minLength: 8,
  maxLength: 256,
  description: '8–256 characters, none of the commonest; no other rule',
});

export const DutySpan = Type.Object(
  {
    days: Type.Array(words(WEEKDAYS, 'mon … sun'), { minItems: 1, maxItems: 7 }),
    from: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'Site time, 08:00' }),
    to: Type.String({
      pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
      description: 'The first minute after; not after `from`: reaches over midnight',
    }),
  },
  { ...strict, $id: 'DutySpan' },
);

const facts = {
  name: CalledName,
  role: words(PERSON_ROLES, 'What they may do'),
  teams: Type.Array(words(TEAMS, 'Whose work they do'), { maxItems: TEAMS.length }),
  buildings: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
    maxItems: 500,
    description: 'In their charge, by their ids',
  }),
  duty: Type.Array(DutySpan, { maxItems: 50, description: 'Empty: whenever' }),
};

const Above = Type.Optional(
  Type.String({ maxLength: 32, description: 'The next person up, who hears of what is late' }),
);

export const PersonView = Type.Object(
  {
    id: Type.String(),
    ...facts,
    above: Above,
    state: words(['active', 'disabled'], 'Disabled: may not sign in and is given nothing'),
    hasPassword: Type.Boolean({ description: 'Without one they cannot sign in yet' }),
    usedAt: Type.Optional(When),
  },
  { $id: 'Person' },
);

/** What an administrator says of a person; what is left out of a new one is empty. */
export const NewPerson = Type.Object(
  {
    id: PersonName,
    name: facts.name,
    role: facts.role,
    teams: Type.Optional(facts.teams),
    buildings: Type.Optional(facts.buildings),
    duty: Type.Optional(facts.duty),
    above: Above,
    password: Type.Optional(NewPassword),
  },
  { ...strict, $id: 'NewPerson' },
);

export const PersonChange = Type.Object(
  { ...facts, above: Above },
  { ...strict, $id: 'PersonChange', description: 'The whole of it: what is left out is gone' },
);

export const FirstPerson = Type.Object(
  { id: PersonName, name: CalledName, password: NewPassword },
  { ...strict, $id: 'FirstPerson' },
);

export const SignIn = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 64 }), password: AnyPassword },
  { ...strict, $id: 'SignIn' },
);

export const NewPasswordFor = Type.Object(
  {
    password: NewPassword,
    old: Type.Optional(
      Type.String({ maxLength: 256, description: 'One’s own present one; not for a reset' }),
    ),
  },
  { ...strict, $id: 'NewPasswordFor' },
);

export const SessionView = Type.Object(
  {
    state: words(
      ['unclaimed', 'visitor', 'nobody', 'person', 'key', 'display'],
      'unclaimed: there is no account yet, and whoever is on this machine is the engineer; ' +
        'visitor: the same in a demo that has accounts; nobody: sign in first',
    ),
    role: words([...ROLES, 'nobody'], 'As whom they ask'),
    id: Type.Optional(Type.String({ description: 'The sign-in name' })),
    name: Type.Optional(Type.String()),
    station: Type.Optional(Type.String({ description: 'display: the one it may read' })),
    endsAt: Type.Optional(When),
    may: Type.Array(Type.String(), {
      description: 'Operations by their `operationId` that this role may ask for at all',
    }),
    opensAfterRestart: Type.Optional(
      Type.String({
        description:
          'The address of the site file that the gateway listens on after its next start; until then it is reached from its own machine only',
      }),
    ),
  },
  { $id: 'Session' },
);

export const TokenView = Type.Object(
  {
    id: Type.String(),
    kind: words(
      ['session', 'key', 'display'],
      'A signed-in browser, a program, a station’s screen',
    ),
    name: Type.String({ description: 'A browser’s own words, or what its maker called it' }),
    person: Type.Optional(Type.String({ description: 'Whose it is, or who made it' })),
    role: Type.Optional(words(PERSON_ROLES, 'key: what it may do')),
    station: Type.Optional(Type.String()),
    madeAt: When,
    usedAt: Type.Optional(When),
    endsAt: Type.Optional(When),
    isThis: Type.Boolean({ description: 'The one that asks' }),
  },
  { $id: 'Token' },
);

export const NewKey = Type.Object(
  {
    name: CalledName,
    role: Type.Optional(words(PERSON_ROLES, 'No higher than its maker’s, which it is if left out')),
    endsAt: Type.Optional(When),
  },
  { ...strict, $id: 'NewKey' },
);

export const NewKeyView = Type.Object(
  {
    ...TokenView.properties,
    key: Type.String({ description: 'Shown this once; goes into `Authorization: Bearer`' }),
  },
  { $id: 'NewKeyMade' },
);

export const DisplayCodeView = Type.Object(
  {
    code: Type.String({ description: 'Six digits, to be shown on the screen' }),
    ticket: Type.String({ description: 'What the screen asks with whether it was entered' }),
    endsAt: When,
  },
  { $id: 'DisplayCode' },
);

export const PairDisplay = Type.Object(
  {
    code: Type.String({ pattern: '^\\d{6}$' }),
    station: Type.String({ minLength: 1, maxLength: 100 }),
    name: Type.Optional(CalledName),
  },
  { ...strict, $id: 'PairDisplay' },
);

export const AskPairing = Type.Object(
  { ticket: Type.String({ minLength: 1, maxLength: 100 }) },
  { ...strict, $id: 'AskPairing' },
);

export const PairingView = Type.Object(
  {
    state: words(['waiting', 'paired'], 'paired: the answer carries its cookie'),
    station: Type.Optional(Type.String()),
  },
  { $id: 'Pairing' },
);

export type PersonView = Static<typeof PersonView>;
export type NewPerson = Static<typeof NewPerson>;
export type PersonChange = Static<typeof PersonChange>;
export type FirstPerson = Static<typeof FirstPerson>;
export type DutySpan = Static<typeof DutySpan>;
export type SessionView = Static<typeof SessionView>;
export type TokenView = Static<typeof TokenView>;
export type NewKey = Static<typeof NewKey>;
export type NewKeyView = Static<typeof NewKeyView>;
export type DisplayCodeView = Static<typeof DisplayCodeView>;
export type PairingView = Static<typeof PairingView>;
