// What people do at the place itself: a cleaner taps that a bin is empty, an engineer weighs it,
// swaps it, changes its hardware, takes it out and puts it back.
import { Type } from 'typebox';
import type { OnSiteAction } from '../domain/on-site.ts';
import { attemptOf, CommandHeaders } from './command-headers.ts';
import type { Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { OnSiteView, PlaceView } from './schemas-weighed.ts';
import { Text } from './schemas.ts';
import { mustSeeAsset } from './scope.ts';

const strict = { additionalProperties: false };
const Name = Type.String({ minLength: 1, maxLength: 100 });
const TareKg = Type.Number({
  exclusiveMinimum: 0,
  maximum: 1000,
  description: 'What the empty container weighs, in kg',
});

const BODIES = {
  collected: Type.Object({ note: Type.Optional(Text) }, { ...strict, $id: 'Collected' }),
  'not-collected': Type.Object({}, { ...strict, $id: 'NotCollected' }),
  tare: Type.Object(
    {
      tareKg: Type.Optional(
        Type.Union([TareKg, Type.Literal('now')], {
          description: 'now, or left out: what stands on the scale now is the empty container',
        }),
      ),
      note: Type.Optional(Text),
    },
    { ...strict, $id: 'Tare' },
  ),
  swap: Type.Object(
    { container: Type.Optional(Name), tareKg: Type.Optional(TareKg), note: Type.Optional(Text) },
    { ...strict, $id: 'Swap' },
  ),
  'change-device': Type.Object(
    { from: Type.Optional(Name), to: Type.Optional(Name), note: Text },
    { ...strict, $id: 'ChangeDevice' },
  ),
  'take-out': Type.Object({ reason: Text }, { ...strict, $id: 'TakeOutAsset' }),
  'put-back': Type.Object({ note: Type.Optional(Text) }, { ...strict, $id: 'PutBackAsset' }),
};

const NAMED: Record<OnSiteAction, readonly [operation: string, summary: string]> = {
  collected: ['tapCollected', 'Say that a bin was emptied'],
  'not-collected': ['tapNotCollected', 'Take back that a bin was emptied, within minutes'],
  tare: ['tareAsset', 'Set what its empty container weighs'],
  swap: ['swapContainer', 'Another container stands at the place now; its history goes on'],
  'change-device': ['changeDevice', 'Note that other hardware reports on it'],
  'take-out': ['takeOutAsset', 'Set it out of service: it is not counted, and speaks to nobody'],
  'put-back': ['putBackAsset', 'Set it back in service'],
};

export const actOnSite = (desk: Desk, action: OnSiteAction): Endpoint =>
  endpoint(
    {
      operationId: NAMED[action][0],
      summary: NAMED[action][1],
      params: ById,
      headers: CommandHeaders,
      body: BODIES[action],
      response: { 200: PlaceView },
      refusals: [404, 409, 422],
    },
    async ({ params: { id }, body, actor, headers }) => {
      mustSeeAsset(desk, actor, id);
      const { key } = attemptOf(headers);
      const ask = { id, action, body: withoutNow(body), actor };
      return granted(await desk.onSite(key === undefined ? ask : { ...ask, key }));
    },
  );

/** A tare of now is one that nobody typed in. */
function withoutNow(body: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== 'now'));
}

export const readPlace = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readPlace',
      summary: 'What stands at a place: which container, its tare, whether it is in service',
      params: ById,
      response: { 200: PlaceView },
      refusals: [404],
    },
    async ({ params: { id }, actor }) => {
      mustSeeAsset(desk, actor, id);
      return granted(desk.place(id));
    },
  );

export const readPlaceHistory = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readPlaceHistory',
      summary: 'What people did at a place, newest first',
      params: ById,
      querystring: Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
          offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
        },
        strict,
      ),
      response: { 200: Type.Array(OnSiteView) },
      refusals: [404],
    },
    async ({ params, query, actor }) => {
      mustSeeAsset(desk, actor, params.id);
      return granted(await desk.placeHistory(params.id, query));
    },
  );
