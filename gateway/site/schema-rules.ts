// The rules: what counts as wrong, for how long, and what it opens. One form for each kind,
// told apart by the key that names the condition.
import { type Static, Type } from 'typebox';
import { show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import {
  type Choice,
  duration,
  durationOr,
  hold,
  identifier,
  measure,
  oneWord,
  section,
} from './option.ts';
import { head, holdFor, limit, on, onAssets, quantity } from './schema-rule-head.ts';
import { SERIES_FORMS } from './schema-rule-series.ts';

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
      silentFor: durationOr('learned', {
        title: 'Silent for',
        description:
          'how long without a word; allow for several of its intervals; learned: three times the pace at which it was heard',
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

const ALL_FORMS = { ...FORMS, ...SERIES_FORMS };

type Condition = keyof typeof ALL_FORMS;
const CONDITIONS = Object.keys(ALL_FORMS) as Condition[];

function chooseRule(value: unknown): Choice {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { complaint: `${show(value)} must be a mapping with id and a condition` };
  }
  const [first, second] = CONDITIONS.filter((key) => Object.hasOwn(value, key));
  if (first && second) {
    return { complaint: `has two conditions, ${first} and ${second}; make it two rules` };
  }
  if (first) return { form: ALL_FORMS[first] };
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
    SERIES_FORMS.outside,
    SERIES_FORMS.rises,
    SERIES_FORMS.falls,
    SERIES_FORMS.noisy,
    SERIES_FORMS.outsideWindow,
    SERIES_FORMS.meaning,
    SERIES_FORMS.disagrees,
    SERIES_FORMS.repeats,
  ],
  {
    title: 'Rule',
    description: 'what counts as wrong; the key that names its condition says which kind it is',
    choose: chooseRule,
  },
);
export type RuleForm = Static<typeof RuleForm>;
