/** What arithmetic on decimals leaves behind: 30.3 − 20.3 is a hair more than 10, and is 10. */
const HAIR = 1e-9;

/** Of a number that was computed; one that was read is compared as it was said. */
export const isMoreThan = (computed: number, limit: number): boolean =>
  computed > limit * (1 + HAIR);
