// The rules: what counts as wrong, for how long, and what it opens. One form for each kind,
// told apart by the key that names the condition.
import { type Static, Type } from 'typebox';
import { SEVERITIES } from '../domain/alarm.ts';
import { ASSET_KINDS } from '../domain/asset.ts';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import { CATEGORIES, TEAMS } from '../domain/ticket.ts';
import { show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { type Choice, duration, hold, identifier, measure, oneWord, section } from './option.ts';
import { idList } from './schema-place.ts';

const head = {
  id: identifier({ title: 'Id', description: 'unique among rules', examples: ['bin-full'] }),
  severity: oneWord(SEVERITIES, {
    title: 'Severity',
    description: 'how bad it is',
    examples: ['medium'],
  }),
  ticket: Type.Optional(
    section(
      { title: 'Ticket', description: 'the ticket that it opens; without one it is only shown' },
      {
        category: oneWord(CATEGORIES, {
          title: 'Category',
          description: 'what is wrong',
          examples: ['bin-full'],
        }),
        team: oneWord(TEAMS, { title: 'Team', description: 'whose it is', examples: ['cleaners'] }),
      },
    ),
  ),
  only: Type.Optional(
    idList({
      title: 'Only',
      description: 'narrows the rule to these ids',
      examples: [['k1-wet', 'k1-dry']],
    }),
  ),
};
const holdFor = hold({
  title: 'Hold',
  description: 'how long it must be so, unbroken, before the alarm',
  examples: ['10m'],
  default: '0s',
});
const on = <K extends string>(kind: K) =>
  Type.Literal(kind, { title: 'On', description: 'what the rule watches', examples: [kind] });
const onAssets = oneWord(ASSET_KINDS, {
  title: 'On',
  description: 'which kind of asset the rule watches',
  examples: ['bin'],
});
const quantity = oneWord(Object.keys(QUANTITIES) as Quantity[], {
  title: 'Quantity',
  description: 'what is measured',
  examples: ['fill'],
});
const limit = (title: string, description: string, example: number) =>
  measure({ title, description, unit: 'of the quantity', examples: [example] });

const FORMS = {
  above: section(
    { title: 'Too much (above)', description: 'a quantity over a limit' },
    {
      ...head,
      on: onAssets,
      quantity,
      above: limit('Above', 'the limit', 0.9),
      clearBelow: Type.Optional(
        limit('Clear below', 'it is over again below this; the limit where left out', 0.7),
      ),
      holdFor,
    },
  ),
  below: section(
    { title: 'Too little (below)', description: 'a quantity under a limit' },
    {
      ...head,
      on: onAssets,
      quantity,
      below: limit('Below', 'the limit', 3.3),
      clearAbove: Type.Optional(
        limit('Clear above', 'it is over again above this; the limit where left out', 3.4),
      ),
      holdFor,
    },
  ),
  silentFor: section(
    { title: 'Silence (silentFor)', description: 'a device that is not heard' },
    {
      ...head,
      on: on('device'),
      silentFor: duration({
        title: 'Silent for',
        description: 'how long without a word; allow for several of its intervals',
        examples: ['10m'],
      }),
      holdFor,
    },
  ),
  should: section(
    {
      title: 'Lamp (should)',
      description: 'a lamp that is dark while it should be lit, or lit by day',
    },
    {
      ...head,
      on: on('lamp'),
      should: oneWord(['on', 'off'], {
        title: 'Should',
        description: 'on finds lamps that are out, off finds lamps that burn by day',
        examples: ['on'],
      }),
      litFrom: measure({
        title: 'Lit from',
        description: 'share of its nominal watts from which a lamp counts as lit',
        unit: 'ratio',
        examples: [0.2],
        default: 0.2,
        exclusiveMinimum: 0,
        maximum: 1,
      }),
      holdFor,
    },
  ),
  mostOf: section(
    {
      title: 'Most of a circuit (mostOf)',
      description: 'one fault that takes many lamps: one alarm',
    },
    {
      ...head,
      on: on('circuit'),
      mostOf: identifier({
        title: 'Most of',
        description: 'id of the lamp rule whose lamps are counted',
        examples: ['lamp-out'],
      }),
      share: measure({
        title: 'Share',
        description: 'more than this share of the lamps must be out or silent, and at least two',
        unit: 'ratio',
        examples: [0.5],
        default: 0.5,
        minimum: 0,
        exclusiveMaximum: 1,
      }),
      holdFor,
    },
  ),
  lostFor: section(
    {
      title: 'Lost line (lostFor)',
      description: 'a source that cannot be heard: a cable, a port, a broker',
    },
    {
      ...head,
      on: on('source'),
      lostFor: hold({
        title: 'Lost for',
        description: 'how long it must be away; this rule has no holdFor',
        examples: ['30s'],
      }),
    },
  ),
  unchangedFor: section(
    {
      title: 'Stuck (unchangedFor)',
      description: 'a number that never moves where a healthy sensor’s would',
    },
    {
      ...head,
      on: onAssets,
      quantity,
      unchangedFor: duration({
        title: 'Unchanged for',
        description: 'how long the very same number; over any quiet night',
        examples: ['24h'],
      }),
      holdFor,
    },
  ),
};

type Condition = keyof typeof FORMS;
const CONDITIONS = Object.keys(FORMS) as Condition[];

function chooseRule(value: unknown): Choice {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { complaint: `${show(value)} must be a mapping with id and a condition` };
  }
  const [first, second] = CONDITIONS.filter((key) => Object.hasOwn(value, key));
  if (first && second) {
    return { complaint: `has two conditions, ${first} and ${second}; make it two rules` };
  }
  if (first) return { form: FORMS[first] };
  const typed = Object.keys(value).map((key) => didYouMean(key, CONDITIONS));
  const guess = typed.find((words) => words !== '') ?? '';
  return { complaint: `has no condition; write one of ${CONDITIONS.join(', ')}${guess}` };
}

export const RuleForm = Type.Union(
  [
    FORMS.above,
    FORMS.below,
    FORMS.silentFor,
    FORMS.should,
    FORMS.mostOf,
    FORMS.lostFor,
    FORMS.unchangedFor,
  ],
  {
    title: 'Rule',
    description: 'what counts as wrong; the key that names its condition says which kind it is',
    choose: chooseRule,
  },
);
export type RuleForm = Static<typeof RuleForm>;
