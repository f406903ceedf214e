// What goes wrong with us or the machine. Oddities of the world are values with a reason
// (reading.ts); a Fault is thrown, travels, and is logged once, where it stops.

interface FaultFacts {
  /** What it means, for the reference page. */
  readonly means: string;
  /** What the engineer should do. */
  readonly hint: string;
  /** Whether the same attempt may succeed later without anyone's doing. */
  readonly retry: 'later' | 'never';
}

/** Every code there is; docs/faults.md is made from this table. */
export const FAULTS = {
  'config-invalid': {
    means: 'The site file has mistakes.',
    hint: 'Run `courtyard check -c FILE`: it names every mistake with its line and cure.',
    retry: 'never',
  },
  'config-unreadable': {
    means: 'The site file, or a file it names, cannot be read.',
    hint: 'Check the path and that the gateway’s user may read it.',
    retry: 'never',
  },
  'config-unwritable': {
    means: 'A file that the site file names cannot be written.',
    hint: 'Check the folder beside the site file and that this user may write there.',
    retry: 'never',
  },
  'store-unavailable': {
    means: 'The database cannot be opened.',
    hint: 'Check that the folder exists, is writable, and that the disk is not full.',
    retry: 'never',
  },
  'store-write-failed': {
    means: 'A group of records could not be made durable; nothing in it was acknowledged.',
    hint: 'Check free space and the health of the disk; senders will send again.',
    retry: 'later',
  },
  'store-busy': {
    means: 'More is heard than the disk can take, and this was not taken.',
    hint: 'Send again a little later; a faster disk or fewer messages mends it for good.',
    retry: 'later',
  },
  'store-damaged': {
    means: 'The database is damaged.',
    hint: 'Start the gateway again: it sets the damaged file aside and keeps all that can be read. Then look after the disk.',
    retry: 'later',
  },
  'store-in-use': {
    means: 'Another gateway holds this store.',
    hint: 'Stop the other gateway, or give this one a folder of its own.',
    retry: 'never',
  },
  'store-not-durable': {
    means: 'The database did not keep the setting that makes commits survive a power cut.',
    hint: 'Use a build of SQLite that honours `synchronous=FULL`.',
    retry: 'never',
  },
  'store-newer': {
    means: 'The store was written by a newer Courtyard.',
    hint: 'Start the newer version again, or restore a backup from before the upgrade.',
    retry: 'never',
  },
  'backup-failed': {
    means: 'A backup could not be written, or cannot be read.',
    hint: 'Check that its folder is there, is writable, and has room for another copy of the store.',
    retry: 'never',
  },
  'backup-damaged': {
    means: 'A backup is no longer what was written, or its database is not sound.',
    hint: 'Nothing was changed. Take another backup, or restore an older one.',
    retry: 'never',
  },
  'backup-foreign': {
    means: 'A backup was taken at another site.',
    hint: 'Check which site file you mean; `--force` restores it all the same.',
    retry: 'never',
  },
  'anchor-unreadable': {
    means: 'The head of an audit chain that was to be compared cannot be read.',
    hint: 'Give it as it was said, NUMBER:HASH, or name the manifest of a backup (its .json).',
    retry: 'never',
  },
  'export-failed': {
    means: 'A sheet could not be written.',
    hint: 'Check that its folder is there and that you may write in it.',
    retry: 'never',
  },
  'port-unavailable': {
    means: 'A serial port cannot be opened.',
    hint: 'Check the cable, the path under /dev/serial/by-id, and that the user is in the group dialout.',
    retry: 'later',
  },
  'broker-unreachable': {
    means: 'An MQTT broker elsewhere cannot be reached, or does not let the gateway in.',
    hint: 'Check that it runs, its address, and the user and password in the site file.',
    retry: 'later',
  },
  'listen-failed': {
    means: 'A network port cannot be listened on.',
    hint: 'Another program may hold it: choose another port in the site file.',
    retry: 'later',
  },
  'recording-unreadable': {
    means: 'A recorded file or its map cannot be read.',
    hint: 'Check the path, and the map against the file’s first lines.',
    retry: 'never',
  },
  'gateway-unreachable': {
    means: 'A gateway holds the store, and does not answer a command over its own API.',
    hint: 'Check that the site file is the one it runs on, with its http port; or stop it first.',
    retry: 'never',
  },
  stopping: {
    means: 'The gateway is stopping and takes nothing more.',
    hint: 'Send again; it will be taken after the restart.',
    retry: 'later',
  },
} as const satisfies Record<string, FaultFacts>;

export type FaultCode = keyof typeof FAULTS;

export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly hint: string;
  readonly retry: 'later' | 'never';

  /** @param message doing what, on what, why it failed: `opening /dev/ttyUSB0: permission denied` */
  constructor(code: FaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = FAULTS[code].hint;
    this.retry = FAULTS[code].retry;
  }
}
