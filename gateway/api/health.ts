// What a supervisor asks: is the process up, is it fit for work, what version is it. The first must
// hold while all else fails, so it asks nothing of anybody.
import { Type } from 'typebox';
import { CLOCK_STATES } from '../domain/clock-state.ts';
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { words } from './schemas.ts';

const Health = Type.Object({ status: words(['up'], 'The process answers') }, { $id: 'Health' });

const Readiness = Type.Object(
  {
    ready: Type.Boolean(),
    store: words(['ok', 'failing'], 'Whether records can be made durable'),
    broker: words(['ok', 'down', 'none'], 'Whether MQTT devices can be heard'),
    disk: words(['ok', 'low'], 'Whether there is room left'),
    clock: words(CLOCK_STATES, 'Whether somebody vouches for the time of day'),
    detail: Type.Array(Type.String(), { description: 'What is wrong, in words' }),
  },
  { $id: 'Readiness' },
);

const Version = Type.Object({ name: Type.String(), version: Type.String() }, { $id: 'Version' });

export const readHealth = (): Endpoint =>
  endpoint(
    { operationId: 'readHealth', summary: 'The process is up', response: { 200: Health } },
    async () => ({ status: 'up' as const }),
  );

export const readReadiness = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readReadiness',
      summary: 'Whether store, broker and disk are fit for work',
      response: { 200: Readiness, 503: Readiness },
    },
    async (_request, reply) => {
      const readiness = desk.readiness();
      return reply
        .code(readiness.ready ? 200 : 503)
        .send({ ...readiness, detail: [...readiness.detail] });
    },
  );

export const readVersion = (version: string): Endpoint =>
  endpoint(
    { operationId: 'readVersion', summary: 'What runs here', response: { 200: Version } },
    async () => ({ name: 'courtyard', version }),
  );
