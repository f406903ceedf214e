// The book of people as managers and admins handle it. One change at a time: a person and the password
// that they are given belong together.
import type { AccountsDesk, Actor, Answer } from '../api/desk.ts';
import type { PersonView } from '../api/schemas.ts';
import type { Person, PersonId } from '../domain/person.ts';
import type { Scene } from './account-desk.ts';
import { whyWeak } from './weak-passwords.ts';
import { personOf, personView } from './person-view.ts';
import { accept, busy, weak } from './refusals.ts';

type PeopleDesk = Pick<AccountsDesk, 'people' | 'addPerson' | 'changePerson' | 'setPersonState'>;

export type ChangePeople = (
  ask: { readonly actor: Actor } & (
    | { readonly action: 'first' | 'add' | 'change'; readonly person: Person }
    | { readonly action: 'disable' | 'enable'; readonly id: PersonId }
  ),
) => Promise<Answer<Person>>;

export function createPeopleDesk(scene: Scene): PeopleDesk {
  const shown = (answer: Answer<Person>): Answer<PersonView> =>
    answer.ok ? accept(personView(scene, answer.value)) : answer;
  return {
    people: () =>
      [...scene.people.all()]
        .map(([, person]) => personView(scene, person))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    addPerson: async ({ body, actor }) => shown(await addPerson(scene, body, actor)),
    changePerson: async ({ id, body, actor }) =>
      shown(await scene.change({ action: 'change', person: personOf(id, body), actor })),
    async setPersonState({ id, state, actor }) {
      const action = state === 'active' ? 'enable' : 'disable';
      const answer = await scene.change({ action, id, actor });
      if (answer.ok && state === 'disabled') await shutOut(scene, id);
      return shown(answer);
    },
  };
}

async function addPerson(
  scene: Scene,
  body: Parameters<PeopleDesk['addPerson']>[0]['body'],
  actor: Actor,
): Promise<Answer<Person>> {
  const { id, password } = body;
  const why = password === undefined ? undefined : whyWeak(password, id);
  if (why !== undefined) return weak(why);
  const digest = password === undefined ? undefined : await scene.passwords.digestOf(password);
  if (password !== undefined && digest === undefined) return busy();
  const answer = await scene.change({ action: 'add', person: personOf(id, body), actor });
  if (!answer.ok || digest === undefined) return answer;
  const credential = { person: id, digest, at: scene.clock.now() };
  await scene.accounts.change({ credential });
  scene.credentials.set(id, credential);
  return answer;
}

/** All that they come in with; what they let in at a station stays. */
async function shutOut({ book }: Scene, id: PersonId): Promise<void> {
  const own = book.ofPerson(id).filter(({ kind }) => kind !== 'display');
  await book.end(own.map((token) => token.id));
}
