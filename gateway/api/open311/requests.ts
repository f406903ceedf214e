// A request as Open311 GeoReport v2 shows it: every field that the standard names, null where there is
// nothing to say. Anybody may read it, so it says what is wrong where and how it goes, and nobody's name.
import type { PublicRequest } from '../desk-reports.ts';
import type { Team } from '../../domain/ticket.ts';
import { serviceName } from './services.ts';

const AGENCIES: Readonly<Record<Team, string>> = {
  cleaners: '保洁',
  engineers: '物业工程',
  stewards: '楼长',
  managers: '物业',
};

export interface SitePlace {
  readonly latitude: number;
  readonly longitude: number;
}

export const requestView = (request: PublicRequest, { latitude, longitude }: SitePlace) => ({
  service_request_id: request.id,
  status: request.isOpen ? 'open' : 'closed',
  status_notes: request.notes ?? null,
  service_name: serviceName(request.category),
  service_code: request.category,
  description: request.words ?? request.title,
  agency_responsible: AGENCIES[request.team],
  service_notice: null,
  requested_datetime: w3c(request.requestedAt),
  updated_datetime: w3c(request.updatedAt),
  expected_datetime: request.expectedAt === undefined ? null : w3c(request.expectedAt),
  address: request.place,
  address_id: request.spot,
  zipcode: null,
  lat: latitude,
  long: longitude,
  media_url: null,
});

/** To the second, with its zone, as W3C writes them. */
const w3c = (moment: number): string => new Date(moment).toISOString().replace(/\.\d{3}Z$/, 'Z');
