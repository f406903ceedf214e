// The notice board as JSON. Titles and words are plain text: whoever shows them escapes them.
import { Type, type Static } from 'typebox';
import { POST_KINDS, TITLE_LENGTH, WORDS_LENGTH } from '../domain/post.ts';
import { When, words } from './schema-words.ts';

const Day = Type.String({
  pattern: String.raw`^\d{4}-\d\d-\d\d$`,
  description: 'A day of the site, 2026-11-28',
});

const said = {
  kind: words(POST_KINDS, 'Wanted, planned, under way, an activity, a training'),
  title: Type.String({ minLength: 1, maxLength: TITLE_LENGTH, description: 'One line' }),
  words: Type.String({ maxLength: WORDS_LENGTH }),
  place: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'A station’s or a building’s id; the whole compound where left out',
    }),
  ),
  from: Type.Optional(Day),
  to: Type.Optional(
    Type.String({
      ...Day,
      description: 'Its last day: it is off the board after it. Until withdrawn where left out',
    }),
  ),
};

export const NewPost = Type.Object(said, { additionalProperties: false, $id: 'NewPost' });

export const PostView = Type.Object(
  {
    id: Type.String(),
    ...said,
    placeName: Type.Optional(Type.String()),
    by: Type.Optional(Type.String({ description: 'For who works here' })),
    at: When,
    changedBy: Type.Optional(Type.String()),
    changedAt: Type.Optional(When),
    version: Type.Integer(),
    state: words(['published', 'over', 'withdrawn'], 'published: it is on the board now'),
  },
  { $id: 'Post' },
);

/** On a station's screen. */
export const BoardLine = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  kind: said.kind,
  title: Type.String(),
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
});

/** What a station's screen says besides how its bins stand. */
export const besideTheBins = {
  reportAt: Type.Optional(
    Type.String({
      description: 'Where residents report what is wrong here; absent without site.publicUrl',
    }),
  ),
  board: Type.Optional(
    Type.Array(BoardLine, { description: 'The notice board here now, sooner ones first' }),
  ),
};

export type NewPost = Static<typeof NewPost>;
export type PostView = Static<typeof PostView>;
export type BoardLine = Static<typeof BoardLine>;
