// What the doctor found: one line, and a cure where there is something to do.
// Closed words, because scripts read them: `courtyard doctor --json`.

/** `unreachable` is a fault too: something that should answer does not. */
type Verdict = 'ok' | 'warn' | 'fault' | 'unreachable';

export interface Finding {
  /** What was looked at: `serial port bins-line`. */
  readonly about: string;
  readonly verdict: Verdict;
  readonly says: string;
  /** What the engineer should do. */
  readonly cure?: string;
}

export const ok = (about: string, says: string): Finding => ({ about, verdict: 'ok', says });

export const warn = (about: string, says: string, cure: string): Finding => ({
  about,
  verdict: 'warn',
  says,
  cure,
});

export const fault = (about: string, says: string, cure: string): Finding => ({
  about,
  verdict: 'fault',
  says,
  cure,
});

export const unreachable = (about: string, says: string, cure: string): Finding => ({
  about,
  verdict: 'unreachable',
  says,
  cure,
});
