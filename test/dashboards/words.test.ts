import { describe, expect, it } from 'vitest';
import { en } from '../../dashboards/shared/words-en.ts';
import { zh } from '../../dashboards/shared/words-zh.ts';
import { wordFor } from '../../dashboards/shared/words.ts';
import { DEAFNESS, LOSS_REASONS } from '../../gateway/domain/loss.ts';
import { REFUSALS } from '../../gateway/domain/reading.ts';
import { QUANTITIES } from '../../gateway/domain/quantity.ts';
import { CATEGORIES, ROLES, TEAMS, TICKET_STATES } from '../../gateway/domain/ticket.ts';
import { TICKET_VERBS } from '../../gateway/api/ticket-actions.ts';
import { fieldsOf } from '../../dashboards/engineer/action-fields.ts';

function leaves(table: object, above = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, word] of Object.entries(table)) {
    const path = above ? `${above}.${key}` : key;
    if (typeof word === 'object' && word !== null && !Array.isArray(word)) {
      for (const [deeper, leaf] of leaves(word, path)) found.set(deeper, leaf);
    } else found.set(path, word);
  }
  return found;
}

const chinese = leaves(zh);
const english = leaves(en);

describe('the two catalogues', () => {
  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('have the same kind of thing under each key', () => {
    const odd = [...chinese].filter(([key, word]) => typeof word !== typeof english.get(key));
    expect(odd.map(([key]) => key)).toEqual([]);
  });

  it('leave nothing empty', () => {
    const empty = [...chinese, ...english].filter(([, word]) => word === '');
    expect(empty).toEqual([]);
  });

  it('say the Chinese in Chinese: no letters but names and signs', () => {
    const plain = [...chinese].filter(
      ([key, word]) =>
        typeof word === 'string' && !key.startsWith('language.') && /[a-z]{3,}/.test(word),
    );
    expect(plain.map(([key]) => key)).toEqual([
      'start.noStationsNext',
      'kiosk.noBinsNext',
      'review.sheets.xlsx',
      'review.emptyNext',
      'engineer.noAssetsNext',
      'people.first.nameHint',
      'people.displays.note',
      'work.rehearsal.noneNext',
    ]);
  });
});

describe('every word that the gateway uses', () => {
  it.each([
    ['refusal', REFUSALS, zh.reason],
    ['loss', LOSS_REASONS, zh.intake.loss],
    ['reason to have been deaf', DEAFNESS, zh.intake.why],
    ['quantity', Object.keys(QUANTITIES), zh.quantity],
    ['role', ROLES, zh.role],
    ['team', TEAMS, zh.team],
    ['ticket category', CATEGORIES, zh.category],
    ['ticket state', TICKET_STATES, zh.ticketState],
    ['ticket action', TICKET_VERBS, zh.action],
  ] as const)('has a word on the screens: %s', (_what, names, table) => {
    expect(names.filter((name) => wordFor(table, name) === name)).toEqual([]);
  });

  it('has its fields, where it is an action', () => {
    expect(TICKET_VERBS.filter((verb) => fieldsOf(verb) === undefined)).toEqual([]);
  });

  it('is shown as it is where it is new', () => {
    expect(wordFor(zh.reason, 'bad-smell')).toBe('bad-smell');
    expect(wordFor(zh.reason, 'toString')).toBe('toString');
  });
});
