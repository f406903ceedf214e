// A log whose lines a test reads.
export interface KeptLog {
  readonly lines: readonly string[];
  info(facts: object, words: string): void;
  warn(facts: object, words: string): void;
}

export function keptLog(): KeptLog {
  const lines: string[] = [];
  return {
    lines,
    info: (_facts, words) => void lines.push(`info ${words}`),
    warn: (_facts, words) => void lines.push(`warn ${words}`),
  };
}
