// The notice board: what is wanted, planned and under way. Its writers see all that was ever on it;
// everybody else what is on it now, and a station's screen what is on it there.
import { Type } from 'typebox';
import { attemptOf, CommandHeaders } from './command-headers.ts';
import type { Actor, Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted, problem, Refused } from './problem.ts';
import { NewPost, PostView } from './schemas-posts.ts';
import { words } from './schema-words.ts';

/** Who writes on the board. */
export const BOARD_WRITERS = ['committee', 'reviewer', 'manager', 'admin'] as const;

const Wanted = Type.Object(
  {
    state: Type.Optional(
      words(['current', 'all'], 'all: for its writers, also what is over; current where left out'),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  },
  { additionalProperties: false },
);

export const listPosts = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listPosts',
      summary: 'The notice board; for its writers also what is over',
      querystring: Wanted,
      response: { 200: Type.Array(PostView) },
    },
    async ({ query: { state = 'current', ...page }, actor }) => {
      if (state === 'all' && !isWriter(actor))
        throw new Refused(
          problem(403, 'What is over is for those who write on the board.', {
            roles: [...BOARD_WRITERS],
          }),
        );
      const posts = await desk.posts({ state, ...page, ...ofItsStation(actor) });
      return isWriter(actor) ? posts : posts.map(withoutNames);
    },
  );

const isWriter = ({ role }: Actor): boolean => (BOARD_WRITERS as readonly string[]).includes(role);

const ofItsStation = ({ role, station = '' }: Actor): { station?: string } =>
  role === 'display' ? { station } : {};

function withoutNames({ by: _by, changedBy: _changedBy, ...post }: PostView): PostView {
  return post;
}

export const addPost = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'addPost',
      summary: 'Put an entry on the notice board',
      headers: CommandHeaders,
      body: NewPost,
      response: { 201: PostView },
      refusals: [404, 409, 422],
    },
    async ({ body, actor, headers }, reply) => {
      const { key } = attemptOf(headers);
      const post = granted(await desk.addPost({ body, actor, ...(key !== undefined && { key }) }));
      void reply.code(201).header('location', `/api/v1/posts/${encodeURIComponent(post.id)}`);
      return post;
    },
  );

export const changePost = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'changePost',
      summary: 'Say an entry of the notice board anew; what is left out is gone',
      params: ById,
      headers: CommandHeaders,
      body: NewPost,
      response: { 200: PostView },
      refusals: [404, 409, 422],
    },
    async ({ params, body, actor, headers }) =>
      granted(await desk.changePost({ id: params.id, body, actor, ...seen(headers) })),
  );

export const withdrawPost = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'withdrawPost',
      summary: 'Take an entry off the notice board; it stays among what was',
      params: ById,
      headers: CommandHeaders,
      response: { 200: PostView },
      refusals: [404, 409],
    },
    async ({ params, actor, headers }) =>
      granted(await desk.withdrawPost({ id: params.id, actor, ...seen(headers) })),
  );

function seen(headers: CommandHeaders): { version?: number } {
  const { version } = attemptOf(headers);
  return version === undefined ? {} : { version };
}
