/** “4:05”, or “12 秒” under a minute. */
export function waitText(leftS: number, seconds: (n: number) => string): string {
  if (leftS < 60) return seconds(leftS);
  return `${Math.floor(leftS / 60)}:${String(leftS % 60).padStart(2, '0')}`;
}
