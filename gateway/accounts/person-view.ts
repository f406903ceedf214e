// A person as the API shows them, and as they are written down.
import type { DutySpan, NewPerson, PersonChange, PersonView } from '../api/schemas.ts';
import type { DailySpan } from '../domain/asset.ts';
import type { Person, PersonId } from '../domain/person.ts';
import type { Scene } from './account-desk.ts';

/** How they are reached is theirs and their managers' to see. */
export function personView({ credentials, book }: Scene, whole: Person): PersonView {
  const { reach: _, ...person } = whole;
  const used = book.ofPerson(person.id).filter(({ kind }) => kind === 'session');
  const last = Math.max(...used.map(({ usedAt }) => usedAt));
  return {
    ...person,
    teams: [...person.teams],
    buildings: [...person.buildings],
    duty: person.duty.map(({ days, fromMinute, toMinute }) => ({
      days: [...days],
      from: clockFace(fromMinute),
      to: clockFace(toMinute),
    })),
    hasPassword: credentials.has(person.id),
    ...(used.length > 0 && { usedAt: new Date(last).toISOString() }),
  };
}

export const personOf = (id: PersonId, said: NewPerson | PersonChange): Person => ({
  id,
  name: said.name,
  role: said.role,
  teams: [...new Set(said.teams)],
  buildings: [...new Set(said.buildings)],
  duty: (said.duty ?? []).map(spanOf),
  ...(said.above !== undefined && said.above !== '' && { above: said.above }),
  state: 'active',
});

const spanOf = ({ days, from, to }: DutySpan): DailySpan => ({
  days: [...days],
  fromMinute: minuteOf(from),
  toMinute: minuteOf(to),
});

const clockFace = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

function minuteOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}
