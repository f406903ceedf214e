// `courtyard user`: who works here, from the machine itself: the way in for the first admin, and back
// in for one who forgot the password. Passwords are typed, piped or read from a file.
import { readFileSync } from 'node:fs';
import type { Answer } from '../api/desk.ts';
import type { NewPerson, PersonView } from '../api/schemas.ts';
import { Fault } from '../domain/fault.ts';
import { PERSON_ROLES, type PersonRole } from '../domain/person.ts';
import { TEAMS, type Team } from '../domain/ticket.ts';
import type { Site } from '../site/site.ts';
import { openPeople, type OpenPeople } from './people.ts';
import { EXIT, type Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface UserOptions {
  readonly config: string;
  readonly json?: boolean;
}
export interface PasswordOptions extends UserOptions {
  readonly passwordFile?: string;
}
export interface NewUserOptions extends PasswordOptions {
  readonly role?: string;
  readonly name?: string;
  readonly team?: readonly string[];
  readonly building?: readonly string[];
}

const NAME = /^[a-z0-9][a-z0-9._-]{1,31}$/;

export async function addUser(shell: Shell, id: string, options: NewUserOptions): Promise<void> {
  await withPeople(shell, options, async ({ people, by }, site) => {
    const isFirst = (await people.list()).length === 0;
    const said = personSaid(id, options, isFirst);
    if (typeof said === 'string') return wrong(shell, said);
    const password = await passwordFor(shell, id, options);
    if (password === undefined) return;
    const person = told(shell, options, await people.add({ ...said, password }));
    if (!person || options.json === true) return;
    shell.say(`${person.id} is here, as ${person.role}.`);
    if (isFirst) for (const line of opened(site, by)) shell.say(line);
  });
}

function personSaid(
  id: string,
  { role: asked, name = id, team = [], building = [] }: NewUserOptions,
  isFirst: boolean,
): NewPerson | string {
  const role = PERSON_ROLES.find(
    (one): one is PersonRole => one === (asked ?? (isFirst && 'admin')),
  );
  if (!NAME.test(id)) return `${id} is no sign-in name: 2–32 of a–z, 0–9, dot, dash, underscore`;
  if (!role) return `say --role, one of ${PERSON_ROLES.join(', ')}`;
  const strange = team.find((one) => !TEAMS.some((known) => known === one));
  if (strange !== undefined) return `there is no team ${strange}, only ${TEAMS.join(', ')}`;
  return { id, name, role, teams: team as Team[], buildings: [...building] };
}

function opened({ http }: Site, by: OpenPeople['by']): string[] {
  const where = `${http.host}:${http.port}, as the site file says`;
  return by === 'gateway'
    ? ['Everybody signs in from now on.', `Started anew, the gateway listens on ${where}.`]
    : [`From its next start the gateway listens on ${where}, and everybody signs in.`];
}

export async function listUsers(shell: Shell, options: UserOptions): Promise<void> {
  await withPeople(shell, options, async ({ people }) => {
    const list = await people.list();
    if (options.json === true) return shell.say(JSON.stringify(list));
    if (list.length === 0) shell.say('Nobody yet: `courtyard user add NAME` makes the admin.');
    for (const { id, name, role, state, hasPassword } of list)
      shell.say([id, name, role, state, ...(hasPassword ? [] : ['no password'])].join('  '));
  });
}

export async function setUserState(
  shell: Shell,
  ask: { readonly id: string; readonly state: 'active' | 'disabled' },
  options: UserOptions,
): Promise<void> {
  await withPeople(shell, options, async ({ people }) => {
    const person = told(shell, options, await people.setState(ask.id, ask.state));
    if (!person || options.json === true) return;
    shell.say(
      ask.state === 'active'
        ? `${person.id} may come in again, with the password of before.`
        : `${person.id} is out, with every session and key.`,
    );
  });
}

export async function setUserPassword(
  shell: Shell,
  id: string,
  options: PasswordOptions,
): Promise<void> {
  await withPeople(shell, options, async ({ people }) => {
    const password = await passwordFor(shell, id, options);
    if (password === undefined) return;
    const person = told(shell, options, await people.setPassword(id, password));
    if (person && options.json !== true)
      shell.say(`${person.id} has a new password; every session of theirs has ended.`);
  });
}

async function withPeople(
  shell: Shell,
  { config }: UserOptions,
  use: (open: OpenPeople, site: Site) => Promise<void>,
): Promise<void> {
  const site = loadOrComplain(shell, config);
  if (!site) return;
  const open = await openPeople(site);
  try {
    await use(open, site);
  } finally {
    await open.close();
  }
}

/** The person where it was granted; what was refused is said, and the person is none. */
function told(
  shell: Shell,
  { json }: UserOptions,
  answer: Answer<PersonView>,
): PersonView | undefined {
  if (!answer.ok) {
    wrong(shell, answer.detail);
    return undefined;
  }
  if (json === true) shell.say(JSON.stringify(answer.value));
  return answer.value;
}

function wrong(shell: Shell, why: string): void {
  shell.complain(`courtyard user: ${why}`);
  shell.leave(EXIT.usage);
}

async function passwordFor(
  shell: Shell,
  id: string,
  { passwordFile }: PasswordOptions,
): Promise<string | undefined> {
  const password =
    passwordFile === undefined
      ? await shell.secret(`Password for ${id}: `)
      : firstLine(passwordFile);
  if (password === undefined || password === '')
    wrong(shell, 'no password came; type it, pipe it in, or name a file by --password-file');
  return password === '' ? undefined : password;
}

function firstLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (error) {
    throw new Fault('config-unreadable', `reading ${file}: ${(error as Error).message}`, error);
  }
}
