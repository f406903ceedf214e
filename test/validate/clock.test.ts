// How readings are judged while our own clock is known to be wrong, and after it was put right.
import { describe, expect, it } from 'vitest';
import { days, hours, instant, moved } from '../../gateway/domain/time.ts';
import { createJudge, type Heard, type Judgement } from '../../gateway/validate/judge.ts';
import { heard, NOON, noonPlus, YARD } from './yard.ts';

const reasons = ({ entries }: Judgement): string[] =>
  entries.map((entry) => (entry.kind === 'reading' ? (entry.doubt ?? 'believed') : entry.reason));

const warm = (value: number, frame: object = {}, rest: Partial<Heard> = {}): Heard =>
  heard({ measured: [{ quantity: 'temperature', value }], ...frame }, rest);

const wrong = { clock: 'unsynchronised' } as const;

describe('while our clock is known to be wrong', () => {
  it('a reading is kept and has no moment', () => {
    const judge = createJudge({ compound: YARD });
    expect(reasons(judge.hear(warm(20, {}, wrong)))).toEqual(['unsynchronised']);
  });

  it('what is graver than that is still said', () => {
    const judge = createJudge({ compound: YARD });
    judge.hear(warm(20, {}, wrong));
    const jump = warm(85, {}, { ...wrong, receivedAt: noonPlus(5) });
    expect(reasons(judge.hear(jump))).toEqual(['jump']);
  });

  it('no device is accused of a wrong clock that may be the right one', () => {
    const judge = createJudge({ compound: YARD });
    const ahead = { observedAt: moved(NOON, days(3)) };
    const { entries } = judge.hear(warm(20, ahead, wrong));
    expect(entries).toMatchObject([{ doubt: 'unsynchronised', ...ahead, receivedAt: NOON }]);
    const before = { observedAt: moved(NOON, days(2)) };
    expect(reasons(judge.hear(warm(20, before, { ...wrong, digest: 2 })))).toEqual([
      'unsynchronised',
    ]);
  });

  it('one that says 1970 is', () => {
    const judge = createJudge({ compound: YARD });
    const { entries } = judge.hear(warm(20, { observedAt: instant(0) }, wrong));
    expect(entries).toMatchObject([
      { doubt: 'unsynchronised', observedAt: NOON },
      { reason: 'bad-time' },
    ]);
  });
});

describe('after our clock was put right', () => {
  it.each([days(3), 0 - days(1)])(
    'by %i ms a resend is still a resend, and no other is',
    (byMs) => {
      const judge = createJudge({ compound: YARD });
      const said = warm(20, { seq: 7 });
      judge.hear(said);
      judge.clockMoved(byMs);
      const again = { ...said, receivedAt: moved(noonPlus(20), byMs) };
      expect(reasons(judge.hear(again))).toEqual(['duplicate']);
      const later = { ...said, receivedAt: moved(noonPlus(90), byMs) };
      expect(reasons(judge.hear(later))).toEqual(['believed']);
    },
  );

  it('what can follow is told by the time that went by, not by the leap', () => {
    const judge = createJudge({ compound: YARD });
    judge.hear(warm(20));
    judge.clockMoved(days(3));
    const at = { receivedAt: moved(noonPlus(5), days(3)) };
    expect(reasons(judge.hear(warm(85, {}, at)))).toEqual(['jump']);
  });

  it('a device that dates itself goes on as before', () => {
    const judge = createJudge({ compound: YARD });
    judge.hear(warm(20, { observedAt: moved(NOON, 0 - hours(1)) }));
    judge.clockMoved(days(3));
    const next = { observedAt: moved(noonPlus(10), 0 - hours(1)) };
    const at = { receivedAt: moved(noonPlus(10), days(3)) };
    expect(reasons(judge.hear(warm(20, next, at)))).toEqual(['believed']);
  });
});
