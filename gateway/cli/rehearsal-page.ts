// A rehearsal on a terminal, for whoever keeps the compound: which days, how often each rule would call
// somebody, then what is different, one line each, in the site's own time.
import type { RehearsalView } from '../api/schemas.ts';
import { wallClock } from '../domain/local-time.ts';
import { formatDuration, instant, minutes } from '../domain/time.ts';
import type { Site } from '../site/site.ts';

type Compared = RehearsalView['compared'][number];
type Fate = Compared['fate'];

/** What is more than a screen or two is for --json. */
const LONGEST_LIST = 200;
const WIDTH = 96;

interface Words {
  time(at: string): string;
  name(id: string): string;
}

export function rehearsalPage(view: RehearsalView, site: Pick<Site, 'compound'>): string[] {
  const words = wordsFor(site);
  return [
    ...coverage(view, words),
    '',
    ...table(view),
    '',
    ...differences(view, words),
    ...view.notes.flatMap((note) => ['', ...wrapped(note)]),
  ];
}

function wordsFor({ compound }: Pick<Site, 'compound'>): Words {
  const clock = wallClock(compound.place.zone);
  const two = (count: number): string => String(count).padStart(2, '0');
  return {
    time(at) {
      const { date, minute } = clock(instant(Date.parse(at)));
      return `${date} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    },
    name(id) {
      const name = compound.assets.get(id)?.name ?? id;
      return name === id ? id : `${id} ${name}`;
    },
  };
}

function coverage({ covers: { from, to, days } }: RehearsalView, { time }: Words): string[] {
  if (from === undefined || to === undefined) return ['No day can be rehearsed.'];
  const readings = days.reduce((sum, day) => sum + day.readings, 0);
  const partly = days.filter((day) => !day.complete).map(({ day }) => day);
  return [
    `From ${time(from)} to ${time(to)}: ${amount(readings, 'reading')} on ${amount(days.length, 'day')}.`,
    ...(partly.length > 0 ? wrapped(`Only in part: ${partly.join(', ')}.`) : []),
  ];
}

const NOTES = { same: '', changed: 'changed', new: 'new', gone: 'gone' };

/** Both columns are rehearsed, so that they can be compared; what really was stands apart. */
function table({ rules }: RehearsalView): string[] {
  const head = ['rule', '', 'alarms now', 'changed', 'tickets now', 'changed', 'alarms that were'];
  const rows = rules.map(({ rule, change, before, after, real }) => [
    rule,
    NOTES[change],
    ...[before.alarms, after.alarms, before.tickets, after.tickets, real].map(String),
  ]);
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 2 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

const FATES: Readonly<Record<Fate, string>> = {
  both: 'the same',
  earlier: 'earlier',
  later: 'later',
  'only-before': 'no longer raised',
  'only-after': 'newly raised',
};

function differences({ compared, leftOut = 0 }: RehearsalView, words: Words): string[] {
  const fates = Map.groupBy(compared, ({ fate }) => fate);
  const sums = (Object.keys(FATES) as Fate[]).flatMap((fate) => {
    const count = fates.get(fate)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${FATES[fate]}`];
  });
  const different = compared.filter(({ fate }) => fate !== 'both');
  const more = different.length - LONGEST_LIST;
  return [
    sums.length === 0 ? 'No alarm either way.' : `Alarms: ${sums.join(', ')}.`,
    ...different.slice(0, LONGEST_LIST).map((row) => `  ${lineOf(row, words)}`),
    ...(more > 0 || leftOut > 0 ? [`  … and more: --json has ${MOST}.`] : []),
  ];
}

const MOST = 'the first 2000 of each list';

function lineOf({ raisedAt, wasRaisedAt, clearedAt, fate, rule, asset }: Compared, words: Words) {
  const end = clearedAt === undefined ? 'still standing' : `until ${words.time(clearedAt)}`;
  const shift = wasRaisedAt === undefined ? '' : ` by ${apart(raisedAt, wasRaisedAt)}`;
  const what = `${FATES[fate]}${shift}`.padEnd(FATES['only-before'].length);
  return `${words.time(raisedAt)}  ${what}  ${rule}  ${words.name(asset)}, ${end}`;
}

/** To the second below a minute, to the minute above. */
function apart(one: string, other: string): string {
  const ms = Math.abs(Date.parse(one) - Date.parse(other));
  const unit = ms < minutes(1) ? 1000 : minutes(1);
  return formatDuration((Math.max(1, Math.round(ms / unit)) * unit) as ReturnType<typeof minutes>);
}

const amount = (count: number, thing: string): string =>
  `${count} ${thing}${count === 1 ? '' : 's'}`;

/** At spaces, so that a terminal need not break words. */
function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
