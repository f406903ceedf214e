// What a water meter's register says: whole litres, never fewer than before.

export const seenVolume = (dialL: number): number => Math.floor(dialL);
