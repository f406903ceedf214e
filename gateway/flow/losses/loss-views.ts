// What the loss ledger has to say of a source and of a device at this moment, beside its counters.
import type { DeviceView, SourceView } from '../../api/schemas.ts';
import type { Device } from '../../domain/asset.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Instant } from '../../domain/time.ts';
import { missingNow } from '../../project/gaps.ts';
import { owedNow } from '../../project/silent-spans.ts';
import type { Counts } from '../tally.ts';

const inFlight = ({ heard, stored, failed }: Counts): number => heard - stored - failed;

export const sourceLosses = (counts: Counts): Partial<SourceView> => ({
  framed: counts.framed,
  decoded: counts.decoded,
  readings: counts.readings,
  inFlight: inFlight(counts),
  failed: counts.failed,
  lostBy: Object.fromEntries(counts.dropped),
});

export function deviceLosses(
  standing: Standing,
  { id, source, every }: Device,
  { counts, now }: { counts: Counts; now: Instant },
): Partial<DeviceView> {
  const attended = standing.intake.attended(source, id);
  const isDeaf = standing.sources.get(source)?.state === 'down';
  return {
    readings: counts.readings,
    acknowledged: counts.acknowledged,
    inFlight: inFlight(counts),
    lostBy: Object.fromEntries(counts.dropped),
    missing: missingNow(attended.kept),
    owed: isDeaf ? 0 : owedNow({ attended, every }, now),
  };
}
