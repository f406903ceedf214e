// The site file's `notices` → who is told of work and when, as the fold knows it.
import type { Audience, NoticeSettings, Reader } from '../domain/reader.ts';
import { minuteOfDay, spanOf } from './hours.ts';
import { durationOf } from './option.ts';
import type { NoticesForm, ReaderForm } from './schema-notices.ts';

export const noticesFrom = (form: NoticesForm, channels: readonly string[]): NoticeSettings => ({
  readers: form.readers.map(readerFrom),
  channels,
  groupWait: durationOf(form.groupWait),
  groupInterval: durationOf(form.groupInterval),
  repeatInterval: durationOf(form.repeatInterval),
  mostPerHour: form.mostPerHour,
  tongue: form.language,
  dailyAtMinute: minuteOfDay(form.dailyAt) ?? 0,
  weeklyAtMinute: minuteOfDay(form.weeklyAt) ?? 0,
});

function readerFrom(form: ReaderForm): Reader {
  const { id, who, over, to, severities, categories, hours, holidays, quiet, digests } = form;
  const isAnytime = hours.length === 0 && holidays === 'as-weekdays';
  return {
    id,
    who: audienceOf(who),
    over,
    ...(to !== undefined && { to }),
    ...(severities && { severities }),
    ...(categories && { categories }),
    ...(!isAnytime && { hours: { spans: hours.map(spanOf), holidays } }),
    quiet: { fromMinute: minuteOfDay(quiet.from) ?? 0, toMinute: minuteOfDay(quiet.to) ?? 0 },
    digests,
  };
}

/** A check has seen that it is one of them. */
function audienceOf({ role, team, person = '' }: ReaderForm['who']): Audience {
  if (role !== undefined) return { kind: 'role', role };
  return team === undefined ? { kind: 'person', person } : { kind: 'team', team };
}
