// Which people the list shows, and in which order: those who work first, then by name.
import type { PersonView } from '../../gateway/api/schemas.ts';

export interface Sieve {
  readonly text: string;
  readonly role: string;
  readonly state: string;
}

export const OPEN_SIEVE: Sieve = { text: '', role: '', state: '' };

export function sifted(people: readonly PersonView[], { text, role, state }: Sieve): PersonView[] {
  const wanted = text.trim().toLowerCase();
  return people
    .filter((person) => role === '' || person.role === role)
    .filter((person) => state === '' || person.state === state)
    .filter((person) => wanted === '' || saidOf(person).includes(wanted))
    .sort(byStateThenName);
}

const saidOf = ({ id, name, buildings }: PersonView): string =>
  [id, name, ...buildings].join('\n').toLowerCase();

function byStateThenName(one: PersonView, other: PersonView): number {
  if (one.state !== other.state) return one.state === 'active' ? -1 : 1;
  return one.name.localeCompare(other.name, 'zh-CN');
}
