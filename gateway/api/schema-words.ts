import { Type } from 'typebox';

export const words = <const W extends readonly string[]>(list: W, description: string) =>
  Type.Enum<W[number][]>([...list], { description });

export const When = Type.String({ format: 'date-time', description: 'UTC, ISO 8601' });
/** What a person writes: a note, a reason. */
export const Text = Type.String({ minLength: 1, maxLength: 2000 });
