// How our hardware speaks: one ASCII line on the serial wire, or one JSON object by MQTT.
// Written from the published wire formats alone, and proved on their golden lines.
import { crc16 } from './crc16.ts';

/** Named numbers of one report, in the order in which they are sent. */
export type Numbers = Readonly<Record<string, number>>;

export interface Report {
  readonly device: string;
  /** 0…65535, then 0 again. */
  readonly seq: number;
  readonly at: number;
  readonly numbers: Numbers;
}

const LONGEST_LINE = 256;

/** `$k1,42,wet.distance=412,wet.gross=31.25*6D84`, with its CR LF. */
export function encodeLine({ device, seq, numbers }: Report): Uint8Array {
  const fields = Object.entries(numbers).map(([name, value]) => `${name}=${decimal(value)}`);
  const body = [device, seq, ...fields].join(',');
  const check = crc16(Buffer.from(body, 'ascii')).toString(16).toUpperCase().padStart(4, '0');
  const line = Buffer.from(`$${body}*${check}\r\n`, 'ascii');
  if (line.length > LONGEST_LINE) throw new RangeError(`a line of ${line.length} bytes: ${body}`);
  return line;
}

/** `{"seq":42,"at":"2026-11-20T08:00:05.000Z","distance":412,"gross":31.25}` */
export function encodeJson({ seq, at, numbers }: Report): string {
  return JSON.stringify({ seq, at: new Date(at).toISOString(), ...numbers });
}

/** Digits only: the line knows no `1e-7`, no `-0`, and nothing that is not a number. */
function decimal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be sent`);
  const digits = value.toFixed(6).replace(/\.?0+$/, '');
  return digits === '-0' ? '0' : digits;
}

export const nextSeq = (seq: number): number => (seq + 1) % 65_536;
