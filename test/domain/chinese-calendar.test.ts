import { describe, expect, it } from 'vitest';
import { arrangementOf, lunarDay, pureBrightness } from '../../gateway/domain/chinese-calendar.ts';

describe('the Chinese calendar', () => {
  it.each([
    [2023, '2023-01-22', '2023-06-22', '2023-09-29', '2023-04-05'],
    [2024, '2024-02-10', '2024-06-10', '2024-09-17', '2024-04-04'],
    [2025, '2025-01-29', '2025-05-31', '2025-10-06', '2025-04-04'],
    [2026, '2026-02-17', '2026-06-19', '2026-09-25', '2026-04-05'],
    [1987, '1987-01-29', '1987-05-31', '1987-10-07', '1987-04-05'],
  ])('of %s has its festivals on the days that were printed', (year, ...days) => {
    expect([lunarDay(year, 1, 1), lunarDay(year, 5, 5), lunarDay(year, 8, 15)]).toEqual(
      days.slice(0, 3),
    );
    expect(pureBrightness(year)).toBe(days[3]);
  });

  it('knows the days that were arranged, and which weekends are worked for them', () => {
    expect(['2026-02-17', '2026-02-28', '2026-11-22'].map(arrangementOf)).toEqual([
      'holiday',
      'worked',
      undefined,
    ]);
  });
});
