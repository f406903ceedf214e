// The residents' pages, one endpoint each; routes.ts gives them their addresses.
import type { Endpoint } from '../endpoint.ts';
import type { ReportDoor } from '../report-door.ts';
import {
  addToFollowPage,
  rateOnFollowPage,
  readFollowPage,
  readFollowPhoto,
} from './follow-page.ts';
import { lookIn } from './look.ts';
import { postReportPage, readReportPage } from './report-page.ts';
import { createFormReading } from './sent-form.ts';
import type { ResidentsDesk, Setting } from './setting.ts';

export interface ResidentPages {
  readonly form: Endpoint;
  readonly report: Endpoint;
  readonly follow: Endpoint;
  readonly add: Endpoint;
  readonly rate: Endpoint;
  readonly photo: Endpoint;
}

interface ResidentParts {
  readonly desk: ResidentsDesk;
  readonly door: ReportDoor;
  /** What Vite built; without it the pages are plain. */
  readonly screensDir?: string | undefined;
}

export function residentPages({ desk, door, screensDir }: ResidentParts): ResidentPages {
  const setting: Setting = { desk, door, look: lookIn(screensDir), readForm: createFormReading() };
  return {
    form: readReportPage(setting),
    report: postReportPage(setting),
    follow: readFollowPage(setting),
    add: addToFollowPage(setting),
    rate: rateOnFollowPage(setting),
    photo: readFollowPhoto(setting),
  };
}
