// A notice as a CloudEvent 1.0 in structured mode. Pure. Its id is the notice's key: together with
// the source it is the same whenever the notice is sent again, which is how a receiver knows.
import type { Notice } from '../domain/notice.ts';
import type { Instant } from '../domain/time.ts';

export const CLOUD_EVENT = 'application/cloudevents+json; charset=utf-8';

export const EVENT_TYPES = {
  'alarm-raised': 'org.courtyard.alarm.raised',
  'alarm-graver': 'org.courtyard.alarm.graver',
  'alarm-again': 'org.courtyard.alarm.again',
  'alarm-cleared': 'org.courtyard.alarm.cleared',
} as const;

export function cloudEvent({ key, at, news }: Notice, site: string): string {
  const { kind, raisedAt, clearedAt, ...facts } = news;
  return JSON.stringify({
    specversion: '1.0',
    id: key,
    source: `/sites/${site}`,
    type: EVENT_TYPES[kind],
    subject: news.asset,
    time: iso(at),
    datacontenttype: 'application/json',
    data: {
      ...facts,
      raisedAt: iso(raisedAt),
      ...(clearedAt !== undefined && { clearedAt: iso(clearedAt) }),
    },
  });
}

const iso = (moment: Instant): string => new Date(moment).toISOString();
