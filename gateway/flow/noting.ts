// What was done beside the log and belongs into the audit chain all the same: who came in, whose password
// was set, which keys and secrets were made and ended. Each is a command that the fold makes nothing of.
// Promise: no password, token, secret or digest is ever in one, for a log and a chain forget nothing.
import type { Actor } from '../api/desk.ts';
import type { DeviceNote, NoticeNote, PersonNote } from '../domain/audit.ts';
import { writeCommand } from './command.ts';

export type Note = (
  | { readonly on: 'person'; readonly action: PersonNote }
  | { readonly on: 'device'; readonly action: DeviceNote }
  | { readonly on: 'notice'; readonly action: NoticeNote }
) & {
  /** The person's, the device's or the notice's. */
  readonly id: string;
  readonly actor: Actor;
  readonly body: Readonly<Record<string, unknown>>;
};

/** Durable when it resolves; after the thing itself, so that it never says what was not done. */
export type TakeNote = (note: Note) => Promise<void>;

export const takeNote = (parts: Parameters<typeof writeCommand>[0], note: Note): Promise<void> =>
  writeCommand(parts, note);
