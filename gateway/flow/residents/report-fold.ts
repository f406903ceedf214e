// What residents' words make of how things stand: a report opens a ticket or joins one, and follows it
// until it ends, also into the one that it is merged into. Part of the step and as pure: it sees every
// ticket that is put, so that a report knows of its ticket's end in the same breath.
//
//   report ─▶ joins an open ticket ─┐                       ┌─▶ ended: points ─▶ 90 days ─▶ forgotten
//          └▶ opens one ────────────┴─▶ words, stars ◀─▶ ticket   (the happening stays, without a number)
import { withoutNumbers } from '../../domain/audit.ts';
import type { CommandEntry } from '../../domain/record.ts';
import { reporterOf, ticketOf, type Addition, type Report } from '../../domain/report.ts';
import { spotOf } from '../../domain/spot.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { createReportBook, REPORT_KEY } from './report-book.ts';
import { ticketToJoin } from './report-match.ts';
import { assetWord } from './report-sensor.ts';
import { layBeside, openByReport } from './report-ticket.ts';
import { stepByPerson } from '../tickets/ticket-people.ts';
import type { TicketScene, TicketSite } from '../tickets/ticket-scene.ts';

export interface Reporting {
  /** The standing that the step is to use. */
  readonly standing: Standing;
  obey(scene: TicketScene, command: CommandEntry): void;
  /** Whether this key of the agenda was a report's, which then has been seen to. */
  due(key: string, at: Instant): boolean;
  /** Waits again for what the reports of a saved standing wait for. */
  arm(): void;
}

/** All of a report that whoever tells it says, and the digest of its secret. */
export type Telling = Pick<
  Report,
  'secretDigest' | 'spot' | 'category' | 'kind' | 'words' | 'phone' | 'photos'
> & { readonly via: Report['by'] };

export function createReporting({ compound }: TicketSite, standing: Standing): Reporting {
  const { reports, tickets } = standing;
  const book = createReportBook(compound.place, standing);
  return {
    standing: {
      ...standing,
      tickets: {
        ...tickets,
        put(id, ticket) {
          tickets.put(id, ticket);
          book.follow(ticket);
        },
      },
    },
    obey: (scene, command) => obeyOnReport(scene, command, book.put),
    due(key) {
      if (!key.startsWith(REPORT_KEY)) return false;
      const report = reports.get(key.slice(REPORT_KEY.length));
      if (report?.endedAt !== undefined) book.forget(report);
      return true;
    },
    arm: book.arm,
  };
}

type Put = (report: Report) => void;

function obeyOnReport(scene: TicketScene, command: CommandEntry, put: Put): void {
  const { id = '', action } = command;
  const report = scene.standing.reports.get(id);
  if (!report) {
    if (action === 'raise') raise(scene, { ...command, id }, put);
    return;
  }
  if (action === 'add') add(scene, { report, command }, put);
  else if (action === 'rate') rate(scene, { report, command }, put);
}

function raise(
  scene: TicketScene,
  { id, by, key, body, receivedAt: at, ...rest }: CommandEntry & { readonly id: string },
  put: Put,
): void {
  const { via, ...told } = body as unknown as Telling;
  const { compound, standing, work } = scene;
  const spot = spotOf({ compound, buildings: work.buildings }, told.spot);
  if (!spot) return;
  const isFault = told.kind === 'fault';
  const known = isFault ? ticketToJoin(scene, { spot, category: told.category, at }) : undefined;
  const word = isFault ? assetWord(scene, { spot, category: told.category }, at) : undefined;
  if (known) {
    const note = withoutNumbers(told.words);
    const step = { ...rest, on: 'ticket', by, id: known.id, receivedAt: at } as const;
    stepByPerson(scene, { ...step, action: 'report', body: { note } });
  }
  const ticket = known ?? openByReport(scene, { ...told, spot, by, at });
  put({
    id,
    ...told,
    ticket: ticket.id,
    place: spot.name,
    ...(ticket.asset !== undefined && { asset: ticket.asset }),
    by: via,
    at,
    ...(key !== undefined && { key }),
    ...(known && { joined: reportersOf(known) }),
    ...(word && { sensor: word.word }),
    additions: [],
    reopened: 0,
  });
  const now = standing.tickets.get(ticket.id);
  if (word && now) layBeside(scene, { ticket: now, word }, at);
}

/** Residents who told of it, each time anew. */
export const reportersOf = ({ history }: Ticket): number =>
  history.filter(
    ({ action, role }) => role === 'resident' && (action === 'raise' || action === 'report'),
  ).length;

interface Asked {
  readonly report: Report;
  readonly command: CommandEntry;
}

function add(scene: TicketScene, { report, command }: Asked, put: Put): void {
  const { words, photos } = command.body as unknown as Omit<Addition, 'at'>;
  const addition = { at: command.receivedAt, words, photos };
  put({ ...report, additions: [...report.additions, addition] });
  const text = [
    withoutNumbers(words),
    ...(photos.length > 0 ? [`（${photos.length} 张照片）`] : []),
  ];
  step(scene, { report, command }, { action: 'comment', body: { text: text.join(' ').trim() } });
  // What was waited for is there.
  if (scene.standing.tickets.get(ticketOf(report))?.waiting !== 'resident') return;
  const { key: _, ...unkeyed } = command;
  step(scene, { report, command: unkeyed }, { action: 'resume', body: {} });
}

interface Rating {
  readonly stars: number;
  readonly note?: string;
  readonly reopen?: boolean;
}

function rate(scene: TicketScene, { report, command }: Asked, put: Put): void {
  const { stars, note, reopen } = command.body as unknown as Rating;
  const reason = note === undefined ? {} : { note: withoutNumbers(note) };
  if (reopen) {
    put({ ...report, reopened: report.reopened + 1 });
    step(scene, { report, command }, { action: 'reopen', body: { stars, ...reason } });
    return;
  }
  put({ ...report, stars });
  // Only whoever raised it speaks for the ticket; the book of steps sees to that.
  step(scene, { report, command }, { action: 'rate', body: { stars, ...reason } });
}

function step(
  scene: TicketScene,
  { report, command }: Asked,
  what: Pick<CommandEntry, 'action' | 'body'>,
): void {
  const by = reporterOf(report);
  stepByPerson(scene, { ...command, on: 'ticket', by, id: ticketOf(report), ...what });
}
