// The things of the compound: stations with their bins and scales, circuits with their lamps,
// water meters.
import { type Static, Type } from 'typebox';
import { STREAMS } from '../domain/asset.ts';
import { DailyHours, WindowHours } from './hours.ts';
import { atBuilding } from './schema-work.ts';
import { show } from './mistake.ts';
import {
  type Choice,
  count,
  identifier,
  listOf,
  measure,
  oneWord,
  section,
  text,
} from './option.ts';

const id = (example: string) =>
  identifier({
    title: 'Id',
    description: 'unique among bins, scales, lamps, circuits and meters',
    examples: [example],
  });
const name = (example: string) =>
  Type.Optional(
    text({
      title: 'Name',
      description: 'as people call it, shown on screens; the id where it is left out',
      examples: [example],
    }),
  );
const tareKg = Type.Optional(
  measure({
    title: 'Tare',
    description: 'what the scale shows with the empty bin on it',
    unit: 'kg',
    examples: [14.2],
    minimum: 0,
    maximum: 5000,
  }),
);
const millimetres = { unit: 'mm', exclusiveMinimum: 0, maximum: 20_000 };

const BinForm = section(
  { title: 'Bin', description: 'one container of one stream' },
  {
    id: id('k1-wet'),
    name: name('1号点湿垃圾桶'),
    stream: oneWord(STREAMS, {
      title: 'Stream',
      description: 'what goes into it',
      examples: ['wet'],
    }),
    position: count({
      title: 'Position',
      description: 'the number painted on its place, counted from 1',
      unit: '',
      examples: [1],
      minimum: 1,
      maximum: 99,
    }),
    volumeL: Type.Optional(
      measure({
        title: 'Volume',
        description: 'what it holds',
        unit: 'L',
        examples: [240],
        exclusiveMinimum: 0,
        maximum: 50_000,
      }),
    ),
    emptyMm: Type.Optional(
      measure({
        ...millimetres,
        title: 'Distance when empty',
        description: "distance from the sensor's face to the bin's floor",
        examples: [1000],
      }),
    ),
    fullMm: Type.Optional(
      measure({
        ...millimetres,
        title: 'Distance when full',
        description: "distance from the sensor's face to the rubbish when the bin counts as full",
        examples: [200],
      }),
    ),
    blindMm: measure({
      title: 'Blind zone',
      description: 'distance below which the sensor hears only itself; see its datasheet',
      unit: 'mm',
      examples: [30],
      default: 30,
      minimum: 0,
      maximum: 20_000,
    }),
    toleranceMm: measure({
      title: 'Tolerance',
      description: 'how far past the floor an echo may come from before it is a bad one',
      unit: 'mm',
      examples: [100],
      default: 100,
      minimum: 0,
      maximum: 20_000,
    }),
    tareKg,
  },
);

const ScaleForm = section(
  { title: 'Scale', description: 'a platform that weighs what stands on it' },
  { id: id('k1-platform'), name: name('1号点地磅'), tareKg },
);

const StationForm = section(
  { title: 'Station', description: 'a sorting point with its bins' },
  {
    id: identifier({
      title: 'Id',
      description: 'unique among stations; the address of its screen is /kiosk/k1 for k1',
      examples: ['k1'],
    }),
    name: text({
      title: 'Name',
      description: 'as people call it, shown on screens',
      examples: ['1号投放点'],
    }),
    building: atBuilding,
    windows: listOf(WindowHours, {
      title: 'Drop-off windows',
      description: 'hours in which it takes rubbish; none means always',
      default: [],
    }),
    bins: listOf(BinForm, { title: 'Bins', description: 'its bins', default: [] }),
    scales: listOf(ScaleForm, {
      title: 'Scales',
      description: 'scales that are no bin’s own',
      default: [],
    }),
  },
);

const LIT_WORDS = ['sun', 'always'] as const;
const LitWord = oneWord(LIT_WORDS, {
  title: 'Lit',
  description: 'by the sun at the site, or day and night',
  examples: ['sun'],
});
const LitHours = listOf(DailyHours, {
  title: 'Lit',
  description: 'a timetable of its own',
});

function chooseLit(value: unknown): Choice {
  if (Array.isArray(value)) return { form: LitHours };
  const known = LIT_WORDS.some((word) => word === value);
  if (known) return { form: LitWord };
  return { complaint: `${show(value)} must be sun, always, or a list of hours` };
}

const Lit = Type.Union([LitWord, LitHours], {
  title: 'Lit',
  description:
    'when it should be lit: sun (sunset to sunrise), always, or a list of hours; ' +
    "sun where neither the lamp nor its circuit says; a lamp's own word goes before its circuit's",
  examples: ['sun'],
  choose: chooseLit,
});
const offset = (title: string, description: string) =>
  Type.Optional(
    count({ title, description, unit: 'min', examples: [-10], minimum: -720, maximum: 720 }),
  );
const litOptions = {
  lit: Type.Optional(Lit),
  sunsetOffsetMin: offset(
    'After sunset',
    'minutes after sunset at which it goes on, negative for before; 0 where nobody says',
  ),
  sunriseOffsetMin: offset(
    'After sunrise',
    'minutes after sunrise at which it goes off, negative for before; 0 where nobody says',
  ),
};

const LampForm = section(
  { title: 'Lamp', description: 'one courtyard light' },
  {
    id: id('lamp-07'),
    name: name('7号庭院灯'),
    nominalW: measure({
      title: 'Nominal power',
      description: 'what it draws when lit, from its label',
      unit: 'W',
      examples: [30],
      exclusiveMinimum: 0,
      maximum: 10_000,
    }),
    ...litOptions,
  },
);

const CircuitForm = section(
  { title: 'Circuit', description: 'lamps behind one breaker, which go out together' },
  {
    id: id('c1'),
    name: name('东路灯回路'),
    building: atBuilding,
    ...litOptions,
    lamps: listOf(LampForm, { title: 'Lamps', description: 'lamps on it', default: [] }),
  },
);

const MeterForm = section(
  { title: 'Water meter', description: 'a meter that counts litres' },
  { id: id('water-main'), name: name('总表'), building: atBuilding },
);

export const Stations = listOf(StationForm, {
  title: 'Stations',
  description: 'sorting points',
  default: [],
});
export const Circuits = listOf(CircuitForm, {
  title: 'Circuits',
  description: 'circuits of lamps',
  default: [],
});
export const Meters = listOf(MeterForm, {
  title: 'Meters',
  description: 'water meters',
  default: [],
});
export type StationForm = Static<typeof StationForm>;
export type CircuitForm = Static<typeof CircuitForm>;
export type MeterForm = Static<typeof MeterForm>;
export type LampForm = Static<typeof LampForm>;
