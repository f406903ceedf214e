// Patrols: the routes that people walk, and what they look at on the way.
import { type Static, Type } from 'typebox';
import { CATEGORIES, TEAMS } from '../domain/ticket.ts';
import { show } from './mistake.ts';
import { duration, identifier, listOf, oneWord, section, text, type Choice } from './option.ts';

const ask = {
  title: 'Question',
  description: 'what to look at, so asked that yes is good',
  examples: ['厢房干净?'],
};
const AskAlone = text(ask);
const AskForm = section(
  { title: 'Question', description: 'what to look at, and what is wrong where the answer is bad' },
  {
    ask: text(ask),
    category: Type.Optional(
      oneWord(CATEGORIES, {
        title: 'Category',
        description:
          'what is raised where it is bad; bin-room-dirty at a station, lamp at a lamp, ' +
          'water-leak at a meter, electricity at a circuit, other at a building where left out',
        examples: ['dumping'],
      }),
    ),
  },
);

function chooseLook(value: unknown): Choice {
  if (typeof value === 'string') return { form: AskAlone };
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { form: AskForm };
  return { complaint: `${show(value)} must be a question, or {ask, category}` };
}

const Look = Type.Union([AskAlone, AskForm], {
  title: 'Look',
  description: 'a question, alone or with the category of what is wrong where it is bad',
  examples: ['厢房干净?'],
  choose: chooseLook,
});

const PatrolPlaceForm = section(
  { title: 'Place', description: 'one place of the route' },
  {
    at: identifier({
      title: 'At',
      description: 'id of a station, lamp, meter, circuit or building',
      examples: ['k1'],
    }),
    name: Type.Optional(
      text({
        title: 'Name',
        description: 'as the route calls it; its own name where left out',
        examples: ['东门旁'],
      }),
    ),
    look: listOf(Look, {
      title: 'Look',
      description: 'what to look at there, so asked that yes is good',
      examples: [['厢房干净?']],
      default: [],
    }),
  },
);

const PatrolForm = section(
  { title: 'Patrol', description: 'a route that people walk, with what to look at' },
  {
    id: identifier({
      title: 'Id',
      description: 'unique among patrols; what its rounds are found by',
      examples: ['morning'],
    }),
    name: text({ title: 'Name', description: 'as people call it', examples: ['早班巡查'] }),
    team: Type.Optional(
      oneWord(TEAMS, {
        title: 'Team',
        description: 'whose round it usually is; others may walk it too',
        examples: ['cleaners'],
      }),
    ),
    every: Type.Optional(
      duration({
        title: 'Every',
        description: 'how often it is to be walked to its end; past that it shows as overdue',
        examples: ['1d'],
      }),
    ),
    places: listOf(PatrolPlaceForm, {
      title: 'Places',
      description: 'in the order of the walk; each once',
    }),
  },
);
export type PatrolForm = Static<typeof PatrolForm>;

export const Patrols = listOf(PatrolForm, {
  title: 'Patrols',
  description: 'routes that people walk, and what they look at on the way',
  default: [],
});
