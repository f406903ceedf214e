// The outbox of the store in memory: it keeps the contract with a map.
import type { Notice } from '../../gateway/domain/notice.ts';
import type { Outbox, OutboxCount, OutboxRow } from '../../gateway/store/log.ts';

interface Row extends OutboxRow {
  readonly words?: string;
  readonly isGivenUp: boolean;
}

export interface MemoryOutbox extends Outbox {
  put(notices: readonly Notice[]): void;
}

export function memoryOutbox(): MemoryOutbox {
  const rows = new Map<string, Row>();
  const keyOf = (channel: string, key: string): string => JSON.stringify([channel, key]);
  const of = (channel: string): Row[] =>
    [...rows.values()].filter((row) => row.channel === channel);
  return {
    put(notices) {
      for (const notice of notices) {
        const key = keyOf(notice.channel, notice.key);
        if (!rows.has(key)) rows.set(key, { ...notice, tries: 0, isGivenUp: false });
      }
    },
    waiting: async (channel, limit) =>
      of(channel)
        .filter(({ isGivenUp }) => !isGivenUp)
        .slice(0, limit)
        .map(({ isGivenUp: _isGivenUp, words: _words, ...row }) => row),
    async settle(channel, outcomes) {
      for (const outcome of outcomes) {
        const key = keyOf(channel, outcome.key);
        const row = rows.get(key);
        if (outcome.kind === 'told') rows.delete(key);
        else if (row) {
          const { words, kind } = outcome;
          rows.set(key, { ...row, tries: row.tries + 1, words, isGivenUp: kind === 'given-up' });
        }
      }
    },
    counts: async () =>
      [...new Set([...rows.values()].map(({ channel }) => channel))].map((channel): OutboxCount => {
        const all = of(channel);
        const givenUp = all.filter(({ isGivenUp }) => isGivenUp).length;
        return { channel, waiting: all.length - givenUp, givenUp };
      }),
  };
}
