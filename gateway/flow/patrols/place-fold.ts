// What is counted at a place by hand: bags found dumped. A later count of the same person, place and
// day takes the earlier one's place; the audit chain keeps both.
import { bagCountHappening } from '../../domain/bag-count.ts';
import type { SiteDays } from '../../domain/day.ts';
import type { CommandEntry } from '../../domain/record.ts';
import type { Standing } from '../../domain/standing.ts';

export function countBags(
  standing: Pick<Standing, 'keep'>,
  days: SiteDays,
  { id: place = '', by, body, key, receivedAt: at }: CommandEntry,
): void {
  const { bags, note } = body;
  const { day } = days.at(at);
  standing.keep(
    bagCountHappening({
      day,
      place,
      by,
      at,
      bags: Number(bags),
      ...(typeof note === 'string' && { note }),
      ...(key !== undefined && { key }),
    }),
  );
}
