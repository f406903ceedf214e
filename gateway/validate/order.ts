import type { Instant } from '../domain/time.ts';
import { isPlausible } from './device-time.ts';
import type { PointTime } from './device-time.ts';

/**
 * Whether a reading tells of a past that is already overtaken: a backlog sent after the news.
 * Only the device's own word on time is held against it: where receipt stands in, readings come
 * in order by nature, and our own clock may have been set back. For the same reason a newest that
 * now lies in the future overtakes nobody: the clock that dated it was wrong.
 */
export function isLate(time: PointTime, newest: Instant, receivedAt: Instant): boolean {
  if (time.by === 'receipt' || !isPlausible(newest, receivedAt)) return false;
  return time.observedAt < newest;
}
