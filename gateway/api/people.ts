// Who works here. Managers keep the rosters, admins everything; whoever gives out work sees the names.
import { Type } from 'typebox';
import { giveCookie, shownBy } from './cookie.ts';
import type { Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { NewPasswordFor, NewPerson, PersonChange, PersonView } from './schemas-accounts.ts';

export const listPeople = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listPeople',
      summary: 'Everybody who works here, the disabled ones too',
      response: { 200: Type.Array(PersonView) },
    },
    async () => desk.people(),
  );

export const addPerson = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'addPerson',
      summary: 'Add a person; without a password they cannot sign in yet',
      body: NewPerson,
      response: { 201: PersonView },
      refusals: [409, 422],
    },
    async ({ body, actor }, reply) => {
      const person = granted(await desk.addPerson({ body, actor }));
      void reply.code(201).header('location', `/api/v1/people/${encodeURIComponent(person.id)}`);
      return person;
    },
  );

export const changePerson = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'changePerson',
      summary: 'Say anew who a person is, or on which roster; it counts from the next request on',
      params: ById,
      body: PersonChange,
      response: { 200: PersonView },
      refusals: [404, 409, 422],
    },
    async ({ params, body, actor }) =>
      granted(await desk.changePerson({ id: params.id, body, actor })),
  );

const STATES = {
  disable: ['disabled', 'Shut a person out at once, with all sessions and keys'],
  enable: ['active', 'Let a person in again, with the password that they had'],
} as const;

const Nothing = Type.Object({}, { additionalProperties: false, $id: 'PersonState' });

export const setPersonState = (desk: Desk, verb: keyof typeof STATES): Endpoint => {
  const [state, summary] = STATES[verb];
  return endpoint(
    {
      operationId: `${verb}Person`,
      summary,
      params: ById,
      body: Nothing,
      response: { 200: PersonView },
      refusals: [404, 409],
    },
    async ({ params, actor }) =>
      granted(await desk.setPersonState({ id: params.id, state, actor })),
  );
};

export const setPassword = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'setPassword',
      summary: 'Change one’s own password, or reset another’s; ends all their sessions',
      description: 'One’s own wants the old one, and the answer carries a new session’s cookie.',
      params: ById,
      body: NewPasswordFor,
      response: { 200: PersonView },
      refusals: [404, 422, 429],
    },
    async (request, reply) => {
      const { params, body, actor } = request;
      const ask = { id: params.id, ...body, actor, shown: shownBy(request) };
      const { person, entered } = granted(await desk.setPassword(ask));
      if (entered) giveCookie(reply, entered);
      return person;
    },
  );
