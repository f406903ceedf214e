// The small site with readers: say who wants to hear what, make things happen, look at the letters.
import type { Entry } from '../../gateway/domain/record.ts';
import type { LetterNews } from '../../gateway/domain/letter.ts';
import type { Notice } from '../../gateway/domain/notice.ts';
import type { Person } from '../../gateway/domain/person.ts';
import { DEFAULT_QUIET } from '../../gateway/domain/reach.ts';
import { DEFAULT_NOTICES, type NoticeSettings, type Reader } from '../../gateway/domain/reader.ts';
import { createStanding, type SavedStanding } from '../../gateway/domain/standing.ts';
import { instant, type Instant } from '../../gateway/domain/time.ts';
import { createStep, type StepSite } from '../../gateway/flow/step.ts';
import { command, NOTHING_SAVED, reading, tick } from './folded-site.ts';
import { BIN_FULL, SMALL_SITE } from './small-site.ts';

export const CLEANERS: Reader = {
  id: 'cleaners-group',
  who: { kind: 'team', team: 'cleaners' },
  over: 'group',
  quiet: DEFAULT_QUIET,
  digests: [],
};

export const MANAGERS: Reader = {
  ...CLEANERS,
  id: 'managers',
  who: { kind: 'role', role: 'manager' },
};

export const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: id,
  role: 'cleaner',
  teams: ['cleaners'],
  buildings: [],
  duty: [],
  state: 'active',
  ...more,
});

export const put = (who: Person, at: Instant): Entry =>
  command({ on: 'person', action: 'put', id: who.id, body: { ...who }, at });

/** At most this far apart, so that each thing falls due as it would with a clock. */
export const full = (at: Instant, value = 0.95): Entry =>
  reading({ asset: 'k1-wet', quantity: 'fill', value, at });

export interface Letter extends LetterNews {
  readonly notice: Notice;
}

export function toldSite(
  { readers, ...settings }: Partial<NoticeSettings> & Pick<NoticeSettings, 'readers'>,
  site: StepSite = { ...SMALL_SITE, rules: [BIN_FULL] },
  saved: SavedStanding = NOTHING_SAVED,
) {
  const standing = createStanding(saved);
  const notices = { ...DEFAULT_NOTICES, channels: ['group', 'mail'], readers, ...settings };
  const step = createStep({ ...site, notices }, standing);
  const letters: Letter[] = [];
  let sequence = 0;
  let now = instant(0);
  const fold = (...entries: readonly Entry[]): void => {
    for (const entry of entries) {
      if ('receivedAt' in entry) now = entry.receivedAt;
      step.fold({ ...entry, sequence: ++sequence });
    }
    for (const notice of step.takeNotices())
      if (notice.news.kind === 'letter') letters.push({ ...notice.news, notice });
  };
  return {
    standing,
    letters,
    fold,
    /** Time goes by as it does live: a tick whenever something falls due. */
    wait(until: Instant) {
      for (let due = standing.agenda.next(); due !== undefined && due <= until;) {
        fold(tick(instant(Math.max(due, now))));
        due = standing.agenda.next();
      }
      fold(tick(until));
    },
    bag: (id: string) => standing.mailbags.get(id),
    /** `channel reason title`, of all letters. */
    said: () => letters.map(({ notice, reason, title }) => `${notice.channel} ${reason} ${title}`),
    reasons: () => letters.map(({ notice, reason }) => `${notice.channel} ${reason}`),
  };
}
