/** “482 913”: read aloud and typed in two breaths. */
export const grouped = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
