// The values in a stretch of the log, told one after another without an object for each of them.
// Who only copies values on has no use for records: by the ten thousand a second, making them and
// sweeping them up again costs more than the copy. Whoever keeps or takes apart asks for records.
// What is a value, and which message it belongs to, is said here for both ways.
import type { AssetId } from './asset.ts';
import type { Quantity } from './quantity.ts';
import { isMeasurement } from './reading.ts';
import type { DerivedEntry, LogRecord, ReadingEntry, Recorded, Sequence } from './record.ts';
import type { Instant } from './time.ts';

export interface Values {
  /** The last sequence of the stretch, whether or not that is a value. */
  readonly to: Sequence;
  /**
   * Calls `visit` for each value of the stretch, in the order of the log. It is one object that
   * changes from call to call: take out of it what is to be kept.
   */
  each(visit: (told: ValueTold) => void): void;
}

export interface ValueTold {
  readonly sequence: Sequence;
  readonly message: Sequence;
  readonly asset: AssetId;
  readonly quantity: Quantity;
  readonly value: number;
  readonly observedAt: Instant;
}

export type Telling = { -readonly [K in keyof ValueTold]: ValueTold[K] };

export const nothingTold = (): Telling => ({
  sequence: 0,
  message: 0,
  asset: '',
  quantity: 'on',
  value: 0,
  observedAt: 0 as Instant,
});

export type Valued = Recorded<ReadingEntry> | Recorded<DerivedEntry>;

/** What is doubted stays in the store, beside its doubt: a bare value has no room for one. */
export const isValue = (record: LogRecord): record is Valued =>
  record.kind === 'derived' || (record.kind === 'reading' && isMeasurement(record.doubt));

/** The sequence of the message's first entry, the same for all that was said together. */
export const messageOf = (record: Valued): Sequence =>
  record.kind === 'derived' ? record.origin : record.sequence - record.part;

/** Those of records that are there anyway. */
export const valuesOf = (records: readonly LogRecord[]): Values => ({
  to: records.at(-1)?.sequence ?? 0,
  each(visit) {
    const told = nothingTold();
    for (const record of records) {
      if (!isValue(record)) continue;
      told.sequence = record.sequence;
      told.message = messageOf(record);
      told.asset = record.asset;
      told.quantity = record.quantity;
      told.value = record.value;
      told.observedAt = record.observedAt;
      visit(told);
    }
  },
});
