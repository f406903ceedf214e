/** CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) of a text of one-byte characters. */
export function crc16(text: string): number {
  let crc = 0xffff;
  for (let at = 0; at < text.length; at++) {
    crc ^= (text.charCodeAt(at) & 0xff) << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xffff;
  }
  return crc;
}

/** As the frame carries it: four upper-case hex digits. */
export const crc16Hex = (text: string): string =>
  crc16(text).toString(16).toUpperCase().padStart(4, '0');
