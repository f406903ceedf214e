// What falls due comes to its end, whoever asks for how much more.
import { describe, expect, it } from 'vitest';
import { createAgenda } from '../../gateway/domain/agenda.ts';
import { days, instant, later, minutes, seconds, type Instant } from '../../gateway/domain/time.ts';
import { letFallDue } from '../../gateway/flow/fall-due.ts';

const NOON = instant(Date.parse('2026-11-20T04:00:00Z'));
const MOST_TURNS = 100_000;

/** An agenda whose keys ask again as `again` says, and the turns that they had. */
function agendaWhere(again: (key: string, at: Instant) => readonly (readonly [string, Instant])[]) {
  const agenda = createAgenda();
  const turns: (readonly [key: string, afterMs: number])[] = [];
  return {
    agenda,
    turns,
    until(now: Instant): void {
      letFallDue(agenda, now, (key, at) => {
        turns.push([key, at - NOON]);
        if (turns.length > MOST_TURNS) throw new Error(`${key} is seen to for ever`);
        for (const [other, when] of again(key, at)) agenda.set(other, when);
      });
    },
  };
}

describe('what falls due', () => {
  it('is seen to in the order of its instants, also what is asked for meanwhile', () => {
    const { agenda, turns, until } = agendaWhere((key, at) =>
      key === 'hold' ? [['ticket', at]] : [],
    );
    agenda.set('later', later(NOON, minutes(2)));
    agenda.set('hold', later(NOON, seconds(1)));
    agenda.set('lamp', later(NOON, minutes(1)));
    until(later(NOON, minutes(1)));
    expect(turns).toEqual([
      ['hold', 1000],
      ['ticket', 1000],
      ['lamp', 60_000],
    ]);
    expect(agenda.at('later')).toBe(later(NOON, minutes(2)));
  });

  it('is seen to once and moved on where it asks for this very instant, or for one before it', () => {
    for (const back of [0, 5000]) {
      const { agenda, turns, until } = agendaWhere((key, at) =>
        key === 'greedy' ? [['greedy', instant(at - back)]] : [],
      );
      agenda.set('greedy', NOON);
      agenda.set('other', later(NOON, minutes(1)));
      until(later(NOON, minutes(2)));
      expect(turns.slice(0, 4)).toEqual([0, 1, 3, 7].map((after) => ['greedy', after]));
      expect(turns).toContainEqual(['other', 60_000]);
      expect(agenda.at('greedy')).toBeGreaterThan(later(NOON, minutes(2)));
    }
  });

  it('ends also where two ask for each other, and after a month of silence', () => {
    const { agenda, turns, until } = agendaWhere((key, at) => [[key === 'a' ? 'b' : 'a', at]]);
    agenda.set('a', NOON);
    until(later(NOON, days(30)));
    expect(turns[0]).toEqual(['a', 0]);
    expect(turns[1]).toEqual(['b', 0]);
    expect(turns.length).toBeLessThan(MOST_TURNS);
  });
});
