// Which of several forms an entry is to have, by the word that it says of itself: its kind.
import type { TSchema } from 'typebox';
import { show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import type { Choice } from './option.ts';

export const byKind =
  (forms: Readonly<Record<string, TSchema>>) =>
  (value: unknown): Choice => {
    const kinds = Object.keys(forms);
    if (typeof value !== 'object' || value === null)
      return { complaint: `${show(value)} must be a mapping with id and kind` };
    const kind = 'kind' in value ? value.kind : undefined;
    if (kind === undefined)
      return { complaint: `kind is missing; write one of ${kinds.join(', ')}` };
    const form = typeof kind === 'string' && Object.hasOwn(forms, kind) ? forms[kind] : undefined;
    if (form) return { form };
    const guess = didYouMean(kind, kinds);
    return { complaint: `kind ${show(kind)} is none of ${kinds.join(', ')}${guess}` };
  };
