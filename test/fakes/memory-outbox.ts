// The outbox of the store in memory: it keeps the contract with a map.
import type { Notice } from '../../gateway/domain/notice.ts';
import type {
  Outbox,
  OutboxCount,
  OutboxNote,
  OutboxOutcome,
  OutboxRow,
} from '../../gateway/store/log.ts';

export interface MemoryOutbox extends Outbox {
  put(notices: readonly Notice[]): void;
}

export function memoryOutbox(): MemoryOutbox {
  const rows = new Map<string, OutboxNote>();
  const keyOf = (channel: string, key: string): string => JSON.stringify([channel, key]);
  const all = (): OutboxNote[] => [...rows.values()];
  function put(notice: Notice): void {
    const key = keyOf(notice.channel, notice.key);
    if (!rows.has(key)) rows.set(key, { ...notice, id: rows.size + 1, tries: 0, state: 'waiting' });
  }
  function settle(channel: string, outcome: OutboxOutcome): void {
    const key = keyOf(channel, outcome.key);
    const at = outcome.at === undefined ? {} : { settledAt: outcome.at };
    if (outcome.kind === 'merged') {
      put(outcome.notice);
      for (const each of outcome.keys) {
        const old = rows.get(keyOf(channel, each));
        if (old)
          rows.set(keyOf(channel, each), {
            ...old,
            ...at,
            state: 'superseded',
            words: outcome.key,
          });
      }
      return;
    }
    const row = rows.get(key);
    if (row) rows.set(key, after(row, outcome));
  }
  return {
    put: (notices) => notices.forEach(put),
    waiting: async (channel, limit) =>
      all()
        .filter((row) => row.channel === channel && row.state === 'waiting')
        .slice(0, limit)
        .map(rowOf),
    async settle(channel, outcomes) {
      for (const outcome of outcomes) settle(channel, outcome);
    },
    notes: async (state, limit) =>
      all()
        .filter((row) => row.state === state)
        .toSorted((a, b) => (b.settledAt ?? b.at) - (a.settledAt ?? a.at) || b.id - a.id)
        .slice(0, limit),
    note: async (id) => all().find((row) => row.id === id),
    counts: async () =>
      [...Map.groupBy(all(), ({ channel }) => channel)].flatMap(
        ([channel, some]): OutboxCount[] => {
          const count = (state: OutboxNote['state']): number =>
            some.filter((row) => row.state === state).length;
          const [waiting, givenUp] = [count('waiting'), count('given-up')];
          return waiting + givenUp === 0 ? [] : [{ channel, waiting, givenUp }];
        },
      ),
  };
}

function after(row: OutboxNote, outcome: Exclude<OutboxOutcome, { kind: 'merged' }>): OutboxNote {
  const { settledAt: _, ...open } = row;
  const ended = { ...open, ...(outcome.at !== undefined && { settledAt: outcome.at }) };
  switch (outcome.kind) {
    case 'told':
      return { ...ended, state: 'told' };
    case 'failed':
      return { ...row, tries: row.tries + 1, words: outcome.words };
    case 'given-up':
      return { ...ended, tries: row.tries + 1, words: outcome.words, state: 'given-up' };
    case 'dropped':
      return { ...ended, words: outcome.words, state: 'dropped' };
    case 'again':
      return row.state === 'given-up' ? { ...open, state: 'waiting' } : row;
  }
}

const rowOf = ({ channel, key, subject, at, news, tries }: OutboxNote): OutboxRow => ({
  channel,
  key,
  subject,
  at,
  news,
  tries,
});
