// A ticket's reports as one of the staff reads them.
import { ticketOf } from '../../gateway/domain/report.ts';
import { UNSEALED } from '../../gateway/flow/residents/report-phones.ts';
import { reportsFor } from '../../gateway/flow/residents/report-view.ts';
import type { ReportingSite } from '../fakes/reporting-site.ts';

export const forStaff = (site: ReportingSite, ticket: string, role: string) =>
  reportsFor(
    [...site.standing().reports.all()]
      .map(([, report]) => report)
      .filter((report) => ticketOf(report) === ticket),
    { role },
    UNSEALED,
  );
