/** What somebody is called, inside a sentence of ours: the direction of its letters ends with it. */
export const alone = (words: string): string =>
  `\u{2068}${words.replace(/[\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu, '')}\u{2069}`;
