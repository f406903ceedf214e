// What is told to people, over memory: the house's own desk, a channel that is down, and one letter of
// each fate.
import type { NoticesDesk } from '../../gateway/api/desk-notices.ts';
import type { LetterNews } from '../../gateway/domain/letter.ts';
import type { Notice } from '../../gateway/domain/notice.ts';
import { DEFAULT_QUIET } from '../../gateway/domain/reach.ts';
import { DEFAULT_NOTICES } from '../../gateway/domain/reader.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { instant } from '../../gateway/domain/time.ts';
import type { ChannelState } from '../../gateway/flow/outbox/channel.ts';
import { obeyOnPerson } from '../../gateway/flow/obey.ts';
import { personAction } from '../../gateway/flow/person-commands.ts';
import { createNoticeDesk } from '../../gateway/flow/letters/notice-desk.ts';
import { NOTHING_SAVED } from './folded-site.ts';
import { person } from './hand-accounts.ts';
import { handClock } from './hand-clock.ts';
import { memoryOutbox } from './memory-outbox.ts';

const SINCE = instant(Date.parse('2026-11-20T06:00:00Z'));

export const letter = (at: number, more: Partial<LetterNews> = {}): Notice => ({
  channel: 'duty-group',
  key: `letter:cleaners-group:${at}`,
  subject: 'reader:cleaners-group',
  at: instant(SINCE + at),
  news: {
    kind: 'letter',
    reason: 'first',
    title: '[新·中] 1号投放点 桶满，11-20 14:00 起',
    lines: ['请在 11-20 16:00 前受理', '工单 1 号'],
    severity: 'medium',
    tickets: ['T1'],
    to: '13812345678',
    reader: 'cleaners-group',
    ...more,
  },
});

const DOWN: ChannelState = {
  id: 'duty-group',
  kind: 'wecom',
  state: 'down',
  why: 'errcode 45009: api freq out of limit',
  since: SINCE,
  waiting: 1,
  told: 3,
  failed: 7,
  givenUp: 1,
  superseded: 2,
};

export interface HandNotices extends NoticesDesk {
  /** `retry key`, `drop key words`. */
  readonly decided: string[];
}

export function handNotices(): HandNotices {
  const outbox = memoryOutbox();
  const decided: string[] = [];
  const [waiting, refused, told] = [letter(0), letter(1), letter(2)];
  outbox.put([waiting, refused, told]);
  const settled = outbox.settle('duty-group', [
    { kind: 'failed', key: waiting.key, words: 'errcode 45009: api freq out of limit' },
    { kind: 'given-up', key: refused.key, words: 'errcode 93000: invalid webhook url' },
    { kind: 'told', key: told.key, at: instant(SINCE + 60_000) },
  ]);
  const standing = createStanding(NOTHING_SAVED);
  for (const role of ['engineer', 'manager', 'admin'] as const)
    standing.people.put(role, person(role, { role }));
  const clock = handClock('2026-11-20T08:00:00Z');
  const log = {
    async append(entries: readonly unknown[]) {
      for (const entry of entries)
        obeyOnPerson(standing, entry as Parameters<typeof obeyOnPerson>[1]);
      return entries.length;
    },
  };
  const desk = createNoticeDesk({
    outbox: {
      notes: async (state, limit) => (await settled, outbox.notes(state, limit)),
      note: async (id) => (await settled, outbox.note(id)),
    },
    dispatch: {
      states: () => [DOWN, { ...DOWN, id: 'mail', kind: 'email', state: 'up' }],
      async retry({ channel, key }) {
        decided.push(`retry ${key}`);
        await outbox.settle(channel, [{ kind: 'again', key }]);
        return true;
      },
      async drop({ channel, key }, words) {
        decided.push(`drop ${key} ${words}`);
        await outbox.settle(channel, [{ kind: 'dropped', key, words }]);
        return true;
      },
    },
    standing,
    settings: {
      ...DEFAULT_NOTICES,
      channels: ['duty-group', 'mail'],
      readers: [
        {
          id: 'cleaners-group',
          who: { kind: 'team', team: 'cleaners' },
          over: 'duty-group',
          quiet: DEFAULT_QUIET,
          digests: [],
        },
      ],
    },
    commands: {
      note: async () => {},
      personAction: (ask) => personAction({ log, standing, clock, settled: async () => {} }, ask),
    },
  });
  return { ...desk, decided };
}
