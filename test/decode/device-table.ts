// The page of devices, made from the cards alone: a card that lies is found by its own samples.
import type { Decoder, Framing, Sample } from '../../gateway/decode/decoder.ts';

export const DEVICE_PAGE = 'docs/devices.md';

export function devicePage(decoders: readonly Decoder[]): string {
  return [
    '# Devices that Courtyard understands',
    '',
    'Made from the cards in `gateway/decode/`; a test keeps it equal to them.',
    'After changing a card: `UPDATE_DOCS=1 npx vitest run --project unit test/registry.test.ts`.',
    '',
    '| decoder | device | maker | datasheet | quantities | framing | for example |',
    '|---|---|---|---|---|---|---|',
    ...decoders.map((decoder) => `| ${cellsOf(decoder).map(escaped).join(' | ')} |`),
    ...decoders.flatMap(optionLines),
    '',
    ...SECRETS,
    '',
  ].join('\n');
}

/** What no card says, and everybody asks who has chosen a device. */
const SECRETS = [
  '## How a device shows who it is',
  '',
  'Over HTTP every device needs a secret, as its bearer token. Over MQTT it is the password; user name **and**',
  'client id are the device’s id. On the built-in broker a device without one may be spoken for by any program on',
  'this machine, and by nobody else. One secret for each device, from one of two places:',
  '',
  '| | where it lives | how it comes there | from when it counts |',
  '|---|---|---|---|',
  '| the store | SHA-256 of it, in the database | `courtyard token create DEVICE` | at once, where a gateway runs |',
  '| a file | in `secretFile` of the site file, mode 0600 | any way; `token create` writes it where the file is named | from the next start |',
  '',
  '- Where the site file names a `secretFile`, that alone counts.',
  '- It is shown once. `courtyard token list` says which devices have one, and from where.',
  '- `courtyard token revoke DEVICE` ends it and the connection that stands on it. The device does not become open by',
  '  it: nobody speaks for it until it is given a new one.',
  '- While a gateway runs, these commands ask it over its API on this machine (`POST` and `DELETE',
  '  /api/v1/devices/DEVICE/secret`, `GET /api/v1/devices/secrets`); otherwise they open the store themselves.',
  '- `check` looks at the site file and not into the store: it cannot say which devices are without. A broker that',
  '  other machines can reach lets nobody in who shows no secret.',
];

const cellsOf = (decoder: Decoder): string[] => [
  `\`${decoder.name}\``,
  decoder.title,
  decoder.maker,
  decoder.datasheet.includes('/') ? `\`${decoder.datasheet}\`` : decoder.datasheet,
  decoder.yields === 'any' ? 'any, by name' : decoder.yields.join(', '),
  framingWords(decoder.framing),
  decoder.samples[0] ? `\`${written(decoder.samples[0])}\`` : '',
];

const written = (sample: Sample): string =>
  sample.line ?? sample.payload ?? sample.hex ?? '(empty)';

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');

function framingWords(framing: Framing): string {
  if (typeof framing === 'string') return framing;
  if (framing.kind === 'bytes') return `${framing.length}-byte frames`;
  return framing.end === 'cr' ? 'line, ending in CR or LF' : 'line, ending in LF';
}

interface OptionFacts {
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

function optionLines({ name, options }: Decoder): string[] {
  const rows = Object.entries(options.properties as Record<string, OptionFacts>);
  if (rows.length === 0) return [];
  return [
    '',
    `## Options of \`${name}\``,
    '',
    '| option | what it says | values | where absent |',
    '|---|---|---|---|',
    ...rows.map(([option, facts]) => {
      const cells = [`\`${option}\``, facts.description ?? '', valuesOf(facts), absentOf(facts)];
      return `| ${cells.map(escaped).join(' | ')} |`;
    }),
  ];
}

const valuesOf = ({ enum: words, minimum, maximum, unit }: OptionFacts): string =>
  words?.map(coded).join(', ') ?? [`${minimum}…${maximum}`, unit ?? ''].join(' ').trim();

const absentOf = ({ default: value, examples }: OptionFacts): string =>
  value === undefined ? `none; for example ${examples?.map(coded).join(', ')}` : coded(value);

const coded = (value: unknown): string => `\`${String(value)}\``;
