// The reports that are in mind: each kept as it is now, found by its ticket, and forgotten in time.
// Promise: a report ends with its ticket, in the same breath, also with the one that it was merged into.
import { withoutNumbers } from '../../domain/audit.ts';
import type { Place } from '../../domain/asset.ts';
import { siteDays } from '../../domain/day.ts';
import { FORGOTTEN_AFTER, outcomeOf, ticketOf, type Report } from '../../domain/report.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { later } from '../../domain/time.ts';

export interface ReportBook {
  put(report: Report): void;
  /** The ticket was changed: those that hang on it end with it, or go with it into another. */
  follow(ticket: Ticket): void;
  /** The happening stays, without a number. */
  forget(report: Report): void;
  /** Waits again for what the reports of a saved standing wait for. */
  arm(): void;
}

export const REPORT_KEY = 'report ';

export function createReportBook(place: Place, standing: Standing): ReportBook {
  const { reports } = standing;
  const keep = keeper(place, standing);
  const hanging = hangers(reports.all());
  const wait = ({ id, endedAt }: Report): void =>
    standing.agenda.set(
      REPORT_KEY + id,
      endedAt === undefined ? undefined : later(endedAt, FORGOTTEN_AFTER),
    );
  const put = (told: Report): void => {
    const report = settled(told, standing);
    reports.put(report.id, report);
    keep(report);
    hanging.add(report);
    wait(report);
  };
  return {
    put,
    follow(ticket) {
      const { mergedInto } = ticket;
      for (const id of hanging.on(ticket.id)) {
        const report = reports.get(id);
        if (!report) continue;
        if (mergedInto !== undefined) put({ ...report, follows: mergedInto });
        else if (outcomeOf(ticket).endedAt !== report.endedAt) put(report);
      }
      if (mergedInto !== undefined) hanging.clear(ticket.id);
    },
    forget(report) {
      keep(forgotten(report));
      reports.drop(report.id);
      hanging.drop(report);
    },
    arm() {
      for (const [, report] of reports.all()) wait(report);
    },
  };
}

/** Which hang on which ticket; asked with every ticket that is put. */
function hangers(all: Iterable<[string, Report]>) {
  const byTicket = new Map<string, Set<string>>();
  const add = (report: Report): void => {
    const ticket = ticketOf(report);
    const hanging = byTicket.get(ticket);
    if (hanging) hanging.add(report.id);
    else byTicket.set(ticket, new Set([report.id]));
  };
  for (const [, report] of all) add(report);
  return {
    add,
    on: (ticket: string): Iterable<string> => byTicket.get(ticket) ?? [],
    drop: (report: Report): void => void byTicket.get(ticketOf(report))?.delete(report.id),
    clear: (ticket: string): void => void byTicket.delete(ticket),
  };
}

function keeper(site: Place, { keep }: Standing): (report: Report) => void {
  const days = siteDays(site);
  return ({ id, at, spot: place, asset, ...body }) =>
    keep({
      kind: 'report',
      id,
      at,
      day: days.at(at).day,
      place,
      ...(asset !== undefined && { asset }),
      body,
    });
}

/** With what has become of its ticket; one out of mind has not changed. */
function settled(report: Report, { tickets }: Standing): Report {
  const ticket = tickets.get(ticketOf(report));
  if (!ticket) return report;
  const { endedAt: _1, points: _2, ...open } = report;
  return { ...open, ...outcomeOf(ticket) };
}

/** A number that somebody wrote into the words goes with the one that they were asked for. */
function forgotten({ phone: _1, ...report }: Report): Report {
  return {
    ...report,
    words: withoutNumbers(report.words),
    additions: report.additions.map((each) => ({ ...each, words: withoutNumbers(each.words) })),
  };
}
