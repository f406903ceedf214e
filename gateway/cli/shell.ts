// What a command may know of the process it runs in. main.ts makes it from the real one.

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
  /** Sets what the process will exit with. */
  leave(code: ExitCode): void;
  /** Resolves when someone asks the process to stop: Ctrl-C, SIGTERM, or a terminal that closes. */
  readonly stopped: Promise<string>;
}
