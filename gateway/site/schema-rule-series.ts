// Rules that look at more than one number: a band, a change, a tremble, a load and its hours, two
// series, another rule's alarms. One form for each; schema-rules.ts tells them apart.
import { Type } from 'typebox';
import { MEANINGS } from '../domain/agreement.ts';
import { ASSET_KINDS } from '../domain/asset.ts';
import { show } from './mistake.ts';
import { count, duration, identifier, measure, oneWord, section } from './option.ts';
import { head, holdFor, limit, on, onAssets, quantity } from './schema-rule-head.ts';

const moreThanNothing = (title: string, description: string, example: number) =>
  measure({
    title,
    description,
    unit: 'of the quantity',
    examples: [example],
    exclusiveMinimum: 0,
  });
const within = (example: string) =>
  duration({
    title: 'Within',
    description: 'in how long; allow for several readings',
    examples: [example],
  });
const change = (title: string, description: string) =>
  section(
    { title, description },
    { by: moreThanNothing('By', 'by more than this', 10), within: within('10m') },
  );
const band = (title: string, description: string, ends: readonly [number, number]) =>
  section(
    { title, description },
    {
      least: limit('Least', 'its lower end', ends[0]),
      most: limit('Most', 'its upper end', ends[1]),
    },
  );

export const SERIES_FORMS = {
  outside: section(
    { title: 'Out of its band (outside)', description: 'a quantity that has left its band' },
    {
      ...head,
      on: onAssets,
      quantity,
      outside: band('Outside', 'the band; its ends belong to it', [200, 250]),
      clearWithin: Type.Optional(
        band(
          'Clear within',
          'it is over again inside this; the band itself where left out',
          [205, 245],
        ),
      ),
      holdFor,
    },
  ),
  rises: section(
    { title: 'Rise (rises)', description: 'a quantity that goes up too fast: heat, a flow' },
    {
      ...head,
      on: onAssets,
      quantity,
      rises: change('Rises', 'how far up in how long'),
      holdFor,
    },
  ),
  falls: section(
    { title: 'Fall (falls)', description: 'a quantity that goes down too fast' },
    {
      ...head,
      on: onAssets,
      quantity,
      falls: change('Falls', 'how far down in how long'),
      holdFor,
    },
  ),
  noisy: section(
    { title: 'Noise (noisy)', description: 'a number that trembles more than a sensor in order' },
    {
      ...head,
      on: onAssets,
      quantity,
      noisy: section(
        {
          title: 'Noisy',
          description:
            'how much from one reading to the next, told as a standard deviation; a level that goes somewhere is no noise',
        },
        {
          moreThan: moreThanNothing('More than', 'standard deviation', 40),
          within: within('30m'),
        },
      ),
      holdFor,
    },
  ),
  outsideWindow: section(
    {
      title: 'Out of hours (outsideWindow)',
      description: 'a load that comes to rest outside every drop-off window of its station',
    },
    {
      ...head,
      on: oneWord(['bin', 'scale'], {
        title: 'On',
        description: 'what weighs it; its net weight must be known',
        examples: ['bin'],
      }),
      outsideWindow: section(
        { title: 'Outside the windows', description: 'which loads count' },
        {
          moreThanKg: measure({
            title: 'More than',
            description: 'lighter loads are let pass',
            unit: 'kg',
            examples: [0.5],
            default: 0.3,
            minimum: 0.1,
            maximum: 5000,
          }),
        },
      ),
      holdFor,
    },
  ),
  meaning: section(
    {
      title: 'Scale against level (meaning)',
      description: 'what it means that a bin’s scale and its fill sensor do not agree',
    },
    {
      ...head,
      on: on('bin'),
      meaning: oneWord(MEANINGS, {
        title: 'Meaning',
        description:
          'contaminated: far heavier for its volume than its stream usually is; sensor-blinded: the level does not see what the scale sees; needs-tare: emptied, the scale is off zero by the same again and again',
        examples: ['sensor-blinded'],
      }),
      holdFor,
    },
  ),
  disagrees: section(
    {
      title: 'Disagreement (disagrees)',
      description: 'two numbers that should say the same: two levels, a switch and its draw',
    },
    {
      ...head,
      on: onAssets,
      quantity,
      disagrees: section(
        { title: 'Disagrees', description: 'with what, and by how much' },
        {
          with: Type.String({
            title: 'With',
            description:
              'the other number: a quantity of the same asset, or asset.quantity of another; on and power are compared as shares of the nominal watts',
            examples: ['k1-scale.net'],
            pattern: String.raw`^([A-Za-z0-9][A-Za-z0-9._-]{0,63}\.)?[A-Za-z]+$`,
            complain: (value: unknown) =>
              `${show(value)} names no number; write a quantity, or asset.quantity`,
          }),
          moreThan: moreThanNothing('More than', 'how far apart they may be', 5),
          within: duration({
            title: 'Within',
            description: 'numbers further apart in time than this are not compared',
            examples: ['10m'],
            default: '10m',
          }),
        },
      ),
      holdFor,
    },
  ),
  repeats: section(
    {
      title: 'Again and again (repeats)',
      description: 'another rule that is raised too often on one subject: an unsteady lamp',
    },
    {
      ...head,
      on: oneWord([...ASSET_KINDS, 'device', 'source'], {
        title: 'On',
        description: 'what the counted rule watches',
        examples: ['lamp'],
      }),
      repeats: section(
        { title: 'Repeats', description: 'which alarms are counted' },
        {
          of: identifier({
            title: 'Of',
            description: 'id of the rule whose alarms are counted',
            examples: ['lamp-out'],
          }),
          moreThan: count({
            title: 'More than',
            description: 'so many are let pass',
            unit: 'alarms',
            examples: [3],
            minimum: 1,
            maximum: 100,
          }),
          within: within('1h'),
        },
      ),
      holdFor,
    },
  ),
};
