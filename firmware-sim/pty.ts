// A serial port that is no hardware: a pseudo-terminal whose far end any program opens as it would
// a cable's, through a symlink that keeps its name when the cable comes back (as under
// /dev/serial/by-id).
//
//   write ──▶ master ══ kernel ══ /dev/pts/N ◀── link ◀── the gateway opens, reads, writes, closes
//
// We keep no far end open ourselves. So whoever listens may close and reopen at will, and closing
// the master is, for them, a cable pulled. Writing never blocks and never waits for a listener: as
// on a real wire, what nobody takes is gone. It is counted.
import fs from 'node:fs';
import { openPtyMaster } from './pty-master.ts';

/** `unheard`: nobody has the port open. `full`: somebody has, and does not read. */
export type Delivery = 'sent' | 'unheard' | 'full';

export interface Pty {
  /** The kernel's name for the far end, which may be another each time: `/dev/pts/7`. */
  readonly path: string;
  /** Hands over all of the bytes or none: no line is ever cut here. */
  write(bytes: Uint8Array): Delivery;
  /** What the far end has sent since the last look, as far as it is remembered. */
  read(): Uint8Array;
  /** Pulls the cable: the far end hangs up, the link is gone. */
  close(): void;
}

/** Opens a pseudo-terminal in raw mode and points `link` at it; Linux only. */
export function createPty({ link }: { readonly link: string }): Pty {
  const master = openPtyMaster();
  try {
    pointLink(link, master.path);
  } catch (error) {
    master.close();
    throw error;
  }
  let open = true;
  let incoming: readonly Uint8Array[] = [];
  /** The second half of a line of which the kernel had room for the first. */
  let rest: Uint8Array = NOTHING;

  const listen = (): 'nobody' | 'somebody' => {
    for (;;) {
      const heard = master.hear();
      if (typeof heard === 'string') return heard;
      incoming = [...incoming, heard].slice(-CHUNKS_REMEMBERED);
    }
  };
  const deliver = (bytes: Uint8Array): Delivery => {
    if (listen() === 'nobody') {
      rest = NOTHING;
      return 'unheard';
    }
    rest = rest.subarray(master.take(rest));
    if (rest.length > 0) return 'full';
    const count = master.take(bytes);
    if (count === 0) return 'full';
    rest = bytes.subarray(count);
    return 'sent';
  };
  return {
    path: master.path,
    write: (bytes) => (open ? deliver(bytes) : 'unheard'),
    read() {
      if (open) listen();
      const all = Buffer.concat(incoming);
      incoming = [];
      return all;
    },
    close() {
      if (!open) return;
      open = false;
      removeLink(link, master.path);
      master.close();
    },
  };
}

const NOTHING = new Uint8Array();
/** A far end that talks for ever to somebody who never looks costs 16 kB and no more. */
const CHUNKS_REMEMBERED = 16;

/** In one step, so that nobody finds the name missing while the cable is in. */
function pointLink(link: string, path: string): void {
  if (fs.lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === false) {
    throw new Error(`${link} is no symlink: it stays as it is`);
  }
  const fresh = `${link}.new`;
  fs.rmSync(fresh, { force: true });
  fs.symlinkSync(path, fresh);
  fs.renameSync(fresh, link);
}

/** Only our own: another simulator may have taken the name over. */
function removeLink(link: string, path: string): void {
  const found = fs.lstatSync(link, { throwIfNoEntry: false });
  if (found?.isSymbolicLink() && fs.readlinkSync(link) === path) fs.rmSync(link);
}
