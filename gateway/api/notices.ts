// What is told to people: what waits and why, and the two things that can be done about it.
import { Type } from 'typebox';
import type { Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import {
  NewReach,
  NOTICE_STATES,
  NoticeView,
  ReachesView,
  TellingView,
} from './schemas-notices.ts';
import { Text, words } from './schema-words.ts';

const strict = { additionalProperties: false };

export const listNotices = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listNotices',
      summary: 'What was told to people, or was not, newest first',
      description:
        'At most 500. Of what was told, superseded or dropped the last 200 of each channel are remembered.',
      querystring: Type.Object(
        {
          state: Type.Optional(
            words(NOTICE_STATES, 'waiting where left out: neither told nor given up'),
          ),
        },
        strict,
      ),
      response: { 200: Type.Array(NoticeView) },
    },
    async ({ query }) => desk.notices(query.state ?? 'waiting'),
  );

export const readTelling = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readTelling',
      summary: 'How each channel is, and what each reader is still to hear',
      response: { 200: TellingView },
    },
    async () => desk.telling(),
  );

const Nothing = Type.Object({}, { ...strict, $id: 'RetryNotice' });

export const retryNotice = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'retryNotice',
      summary: 'Send it now, whatever it waits for, also one that was given up',
      params: ById,
      body: Nothing,
      response: { 200: NoticeView },
      refusals: [404, 409],
    },
    async ({ params, actor }) => granted(await desk.retryNotice({ id: params.id, actor })),
  );

export const dropNotice = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'dropNotice',
      summary: 'Say that it is never to be sent, and why',
      params: ById,
      body: Type.Object({ reason: Text }, { ...strict, $id: 'DropNotice' }),
      response: { 200: NoticeView },
      refusals: [404, 409],
    },
    async ({ params, body, actor }) =>
      granted(await desk.dropNotice({ id: params.id, reason: body.reason, actor })),
  );

export const readReach = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readReach',
      summary: 'How a person is reached with what is theirs; one’s own, or for their manager',
      params: ById,
      response: { 200: ReachesView },
      refusals: [404],
    },
    async ({ params, actor }) => granted(desk.reach({ id: params.id, actor })),
  );

export const setReach = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'setReach',
      summary: 'Say anew how a person is to be reached, and when they are to be left alone',
      params: ById,
      body: NewReach,
      response: { 200: ReachesView },
      refusals: [404, 409, 422],
    },
    async ({ params, body, actor }) =>
      granted(await desk.setReach({ id: params.id, reach: body.reach, actor })),
  );
