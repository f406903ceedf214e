// How a number lies in a cell of `log.value` or `minutes.last`: as whole thousandths wherever that
// gives back the very same number, else as it is. Devices speak in short decimals, so 31.27 takes
// two bytes in place of eight. What kind of cell it is, only SQL can see: it must read it too.

/** Whole numbers up to here take six bytes at most; beyond, a plain number is no longer. */
const MOST = 2 ** 47;

/** A bigint is bound as a whole number, a number as a plain one. */
export function cellOf(value: number): number | bigint {
  const thousandths = Math.round(value * 1000);
  const isExact = thousandths / 1000 === value && Math.abs(thousandths) < MOST;
  return isExact ? BigInt(thousandths) : value;
}

/** The number that a cell holds, in SQL. */
export const numberIn = (cell: string): string =>
  `iif(typeof(${cell}) = 'integer', ${cell} / 1000.0, ${cell})`;
