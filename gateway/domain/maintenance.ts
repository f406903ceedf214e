import type { AssetId } from './asset.ts';
import type { Instant } from './time.ts';

/** An asset that people are at work on: its conditions are watched, and nobody is told of them. */
export interface Maintenance {
  readonly asset: AssetId;
  readonly reason: string;
  readonly by: string;
  readonly since: Instant;
  /** It ends then by itself; absent: when somebody says so. */
  readonly until?: Instant;
  readonly endedAt?: Instant;
}

export const isUnderWay = (maintenance: Maintenance | undefined): boolean =>
  maintenance !== undefined && maintenance.endedAt === undefined;
