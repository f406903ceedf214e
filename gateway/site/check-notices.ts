// Readers: that each is somebody, and that the way to them leads somewhere.
import type { Check } from './check.ts';
import { lengthless } from './check-hours.ts';
import { show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { channelsIn, idsOf, listed, readersIn, webhooksIn } from './roster.ts';

export const readerIsSomebody: Check = function* (file) {
  for (const { form, at } of readersIn(file)) {
    if (form.who === undefined) continue;
    const named = Object.keys(form.who);
    if (named.length === 1) continue;
    yield {
      at: [...at, 'who'],
      what: named.length === 0 ? 'names nobody' : `names ${named.join(' and ')}`,
      means: 'one of role, team and person; several readers may share a channel',
    };
  }
};

export const readerHasAChannel: Check = function* (file) {
  const known = idsOf([...listed(channelsIn(file)), ...listed(webhooksIn(file))]);
  for (const { form, at } of readersIn(file)) {
    const { over } = form;
    if (typeof over !== 'string' || known.has(over)) continue;
    yield {
      at: [...at, 'over'],
      what: `there is no channel ${show(over)}${didYouMean(over, known)}`,
      means: 'id of a channel, or of a webhook',
    };
  }
};

export const readerHoursHaveLength: Check = function* (file) {
  for (const { form, at } of readersIn(file)) yield* lengthless(form.hours ?? [], [...at, 'hours']);
};
