/** How far a value may be believed by its age alone; one late reading is not yet a sign. */
export type Freshness = 'fresh' | 'late' | 'stale' | 'unknown';

const LATE_AFTER = 2;
const STALE_AFTER = 5;

/**
 * @param ageS seconds since the value was observed, by the gateway's clock; undefined where there is none
 * @param expectedS seconds between two readings of a healthy device
 */
export function freshnessOf(ageS: number | undefined, expectedS: number): Freshness {
  if (ageS === undefined || Number.isNaN(ageS)) return 'unknown';
  // Without a known interval nobody can promise freshness: the age must then be looked at.
  if (!(expectedS > 0)) return 'late';
  if (ageS > STALE_AFTER * expectedS) return 'stale';
  return ageS > LATE_AFTER * expectedS ? 'late' : 'fresh';
}
