// One accepted command on its way into the log, and the words for one that is refused.
import type { Actor, Answer } from '../api/desk.ts';
import type { CommandEntry, Sequence } from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import type { Clock } from '../domain/time.ts';
import type { WorkSettings } from '../domain/work.ts';
import type { Log } from '../store/log.ts';

export interface CommandParts {
  readonly log: Pick<Log, 'append'>;
  readonly standing: Standing;
  readonly clock: Clock;
  readonly settled: (sequence: Sequence) => Promise<void>;
  /** How work is done here; the defaults where absent. */
  readonly work?: WorkSettings;
}

export interface Ask {
  readonly action: string;
  readonly actor: Actor;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key?: string;
}

export type Refusal = Extract<Answer<never>, { ok: false }>;

export const refuse = (status: Refusal['status'], title: string, detail: string): Refusal => ({
  ok: false,
  status,
  title,
  detail,
});

export const accept = <T>(value: T): Answer<T> => ({ ok: true, value });

/** Resolves once the command is in the log and its effect is durable. */
export async function writeCommand(
  { log, clock, settled }: Pick<CommandParts, 'log' | 'clock' | 'settled'>,
  {
    actor,
    ...ask
  }: Ask & Pick<CommandEntry, 'on'> & { readonly id?: string; readonly version?: number },
): Promise<void> {
  const { on, id, action, body, key } = ask;
  const entry: CommandEntry = {
    kind: 'command',
    on,
    action,
    by: actor.by,
    role: actor.role,
    body,
    receivedAt: clock.now(),
    ...(id !== undefined && { id }),
    ...(key !== undefined && { key }),
  };
  await settled(await log.append([entry]));
}
