// A notice as a CloudEvent 1.0 in structured mode. Pure. Its id is the notice's key: together with
// the source it is the same whenever the notice is sent again, which is how a receiver knows.
import type { News, Notice } from '../domain/notice.ts';
import type { Instant } from '../domain/time.ts';

export const CLOUD_EVENT = 'application/cloudevents+json; charset=utf-8';

export const EVENT_TYPES = {
  'alarm-raised': 'org.courtyard.alarm.raised',
  'alarm-graver': 'org.courtyard.alarm.graver',
  'alarm-again': 'org.courtyard.alarm.again',
  'alarm-cleared': 'org.courtyard.alarm.cleared',
  letter: 'org.courtyard.letter',
} as const;

export function cloudEvent({ key, at, news }: Notice, site: string): string {
  const { subject, data } = dataOf(news);
  return JSON.stringify({
    specversion: '1.0',
    id: key,
    source: `/sites/${site}`,
    type: EVENT_TYPES[news.kind],
    subject,
    time: iso(at),
    datacontenttype: 'application/json',
    data,
  });
}

function dataOf(news: News): { readonly subject: string; readonly data: object } {
  if (news.kind === 'letter') {
    const { kind: _, ...letter } = news;
    return { subject: letter.tickets[0] ?? letter.reason, data: letter };
  }
  const { kind: _, raisedAt, clearedAt, ...facts } = news;
  const cleared = clearedAt !== undefined && { clearedAt: iso(clearedAt) };
  return { subject: news.asset, data: { ...facts, raisedAt: iso(raisedAt), ...cleared } };
}

const iso = (moment: Instant): string => new Date(moment).toISOString();
