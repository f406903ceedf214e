// What a write weighs before it is durable: how many entries, about how much memory, and whether
// somebody stands and waits for it. The memory is an estimate, because it is made for every message.
import type { Write } from './write-group.ts';
import { entriesOf } from './packed-group.ts';

/** A reading's object with its numbers, on both sides of the thread's border. */
const ENTRY_BYTES = 400;
/** An alarm, a ticket, a day of the ledger, a figure of a sheet. */
const DOCUMENT_BYTES = 1000;

export const entriesIn = (write: Write): number => entriesOf(write).length;

export function bytesIn(write: Write): number {
  switch (write.kind) {
    case 'append': {
      let weight = ENTRY_BYTES * write.entries.length;
      for (const { bytes } of write.raw) weight += bytes.length;
      return weight;
    }
    case 'save': {
      const { puts, alarms, tickets, derived, ledger = [], notices = [] } = write.commit;
      const documents = alarms.length + tickets.length + ledger.length + notices.length;
      const rows = DOCUMENT_BYTES * documents + ENTRY_BYTES * derived.length;
      return puts.reduce((sum, [key, json]) => sum + key.length + (json?.length ?? 0), rows);
    }
    case 'move':
      return DOCUMENT_BYTES * write.parked.length;
    case 'take':
      return DOCUMENT_BYTES * write.figures.length;
    case 'settle':
      return DOCUMENT_BYTES * write.outcomes.length;
    case 'tell':
      return DOCUMENT_BYTES * write.notices.length;
    case 'exhibits':
      return DOCUMENT_BYTES * (write.exhibits.evidence?.length ?? 0);
    case 'secret':
    case 'account':
    case 'tidy':
    case 'probe':
      return 0;
  }
}

/** A person waits for it, or it says that somebody should come: it gathers no company. */
export function isUrgent(write: Write): boolean {
  switch (write.kind) {
    case 'append':
      return write.entries.some(({ kind }) => kind === 'command' || kind === 'gateway');
    case 'save':
      return write.commit.alarms.length > 0 || write.commit.tickets.length > 0;
    case 'move':
    case 'settle':
      return false;
    case 'tell':
    case 'take':
    case 'secret':
    case 'account':
    case 'exhibits':
    case 'tidy':
    case 'probe':
      return true;
  }
}
