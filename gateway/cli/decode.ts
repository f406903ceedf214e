// `courtyard decode NAME …`: one message through one card, as one JSON line.
import { DECODERS, decoderNamed } from '../decode/index.ts';
import type { Message } from '../decode/decoder.ts';
import { describeOutcome } from '../decode/outcome.ts';
import { EXIT, type Shell } from './shell.ts';

export interface DecodeOptions {
  readonly hex?: string;
  readonly line?: string;
  readonly payload?: string;
  readonly topic?: string;
  readonly port?: string;
  readonly options?: string;
}

export function decode(shell: Shell, name: string, given: DecodeOptions): void {
  const decoder = decoderNamed(name);
  if (!decoder)
    return wrong(
      shell,
      `no decoder ${name}; there are: ${DECODERS.map((known) => known.name).join(', ')}`,
    );
  const ways = [given.hex, given.line, given.payload].filter((way) => way !== undefined);
  if (ways.length !== 1)
    return wrong(shell, 'say the message by one of --line TEXT, --payload TEXT or --hex HEX');
  const bytes = bytesOf(given);
  if (!bytes) return wrong(shell, `--hex takes two digits for each byte, not ${given.hex}`);
  const options = optionsOf(given.options);
  if (!options) return wrong(shell, `--options must be a JSON object, not ${given.options}`);
  if (given.port !== undefined && !/^\d{1,3}$/.test(given.port))
    return wrong(shell, `--port takes a LoRaWAN port from 0 to 255, not ${given.port}`);
  const message: Message = {
    bytes,
    ...(given.topic !== undefined && { topic: given.topic }),
    ...(given.port !== undefined && { port: Number(given.port) }),
  };
  shell.say(JSON.stringify(describeOutcome(decoder.decode(message, options))));
}

function wrong(shell: Shell, words: string): void {
  shell.complain(`courtyard decode: ${words}`);
  shell.leave(EXIT.usage);
}

function bytesOf({ hex, line, payload }: DecodeOptions): Uint8Array | undefined {
  if (hex === undefined) return new TextEncoder().encode(line ?? payload);
  const digits = hex.replaceAll(/\s/g, '');
  return /^(?:[0-9a-f]{2})*$/i.test(digits) ? Buffer.from(digits, 'hex') : undefined;
}

function optionsOf(json: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (json === undefined) return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : undefined;
  } catch {
    return undefined;
  }
}
