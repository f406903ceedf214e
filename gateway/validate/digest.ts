import { digestOfText } from '../domain/digest.ts';

/** Of what makes a frame the same frame when resent; a card may have taken it while it read. */
export const digestOf = (imprint: string | number): number =>
  typeof imprint === 'number' ? imprint : digestOfText(imprint);
