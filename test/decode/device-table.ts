// The page of devices, made from the cards alone: a card that lies is found by its own samples.
import type { Decoder, Sample } from '../../gateway/decode/decoder.ts';

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
    '',
  ].join('\n');
}

const cellsOf = (decoder: Decoder): string[] => [
  `\`${decoder.name}\``,
  decoder.title,
  decoder.maker,
  decoder.datasheet.includes('/') ? `\`${decoder.datasheet}\`` : decoder.datasheet,
  decoder.yields === 'any' ? 'any, by name' : decoder.yields.join(', '),
  decoder.framing,
  decoder.samples[0] ? `\`${written(decoder.samples[0])}\`` : '',
];

const written = (sample: Sample): string =>
  sample.line ?? sample.payload ?? sample.hex ?? '(empty)';

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');
