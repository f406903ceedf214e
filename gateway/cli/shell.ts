// What a command may know of the process it runs in, and how it ends with a fault. main.ts makes the
// one from the real process and keeps to the other.
import { Fault } from '../domain/fault.ts';

export const EXIT = { ok: 0, fault: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the repository or the installed package. */
  readonly home: string;
  /** The simulator’s program. */
  readonly simulator: string;
  readonly version: string;
  /** The Node that runs us, with its flags: a child is run the same way. */
  readonly node: readonly [string, ...string[]];
  readonly cwd: string;
  /** One line on standard output. */
  say(line: string): void;
  /** One line on standard error. */
  complain(line: string): void;
  /** A line that nobody else sees: typed where there is a terminal, else piped in; undefined for none. */
  secret(prompt: string): Promise<string | undefined>;
  /** Sets what the process will exit with. */
  leave(code: ExitCode): void;
  /** Ends the process now, whatever is under way, as a power cut would. */
  abandon(): void;
  /**
   * Resolves when someone asks the process to stop: Ctrl-C, SIGTERM, a terminal that closes, or a
   * reader of our words that goes.
   */
  readonly stopped: Promise<string>;
}

/** The faults that an error is made of, several things closed at once; undefined where one is none. */
export function faultsIn(error: unknown): Fault[] | undefined {
  if (error instanceof Fault) return [error];
  const parts = error instanceof AggregateError ? (error.errors as unknown[]) : causeOf(error);
  const faults = parts.map(faultsIn);
  if (faults.length === 0 || faults.includes(undefined)) return undefined;
  return faults.flatMap((each) => each ?? []);
}

const causeOf = (error: unknown): unknown[] =>
  error instanceof Error && error.cause !== undefined ? [error.cause] : [];

/** What is wrong, once, and what to do about it. */
export function complainOf(shell: Pick<Shell, 'complain'>, fault: Fault): void {
  shell.complain(`courtyard: ${fault.message}`);
  shell.complain(`  ${fault.hint} (${fault.code})`);
}
