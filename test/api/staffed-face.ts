// The HTTP face of a house with one person in every role and a screen at station k1, each signed in.
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { PERSON_ROLES, type PersonRole } from '../../gateway/domain/person.ts';
import { face, type Face } from './face.ts';

export const WHO = ['nobody', 'display', ...PERSON_ROLES] as const;
export type Who = (typeof WHO)[number];

export interface StaffedFace extends Face {
  /** Asks as one of them; nobody shows nothing. */
  as(who: Who, what: InjectOptions): Promise<LightMyRequestResponse>;
  readonly cookies: ReadonlyMap<Who, string>;
}

export const PASSWORD = 'a lamp by the gate';
const HERE = { address: '127.0.0.1' };

/** Their sign-in names are their roles. */
export async function staffedFace(
  more: Partial<Record<PersonRole, { readonly buildings: string[] }>> = {},
  options: Parameters<typeof face>[0] = {},
): Promise<StaffedFace> {
  const bare = await face(options);
  const { desk, app } = bare;
  const cookies = new Map<Who, string>();
  const first = await desk.firstPerson({
    id: 'admin',
    name: '陈',
    password: PASSWORD,
    shown: HERE,
  });
  if (!first.ok) throw new Error(first.detail);
  const admin = desk.whoIs({ ...HERE, token: first.value.token });
  cookies.set('admin', first.value.token);
  for (const role of PERSON_ROLES.filter((one) => one !== 'admin')) {
    const body = { id: role, name: role, role, password: PASSWORD, ...more[role] };
    const added = await desk.addPerson({ body, actor: admin });
    if (!added.ok) throw new Error(added.detail);
    const entered = await desk.signIn({ name: role, password: PASSWORD, shown: HERE });
    if (!entered.ok) throw new Error(entered.detail);
    cookies.set(role, entered.value.token);
  }
  const code = desk.displayCode(HERE);
  if (!code.ok) throw new Error(code.detail);
  await desk.pairDisplay({ code: code.value.code, station: 'k1', actor: admin });
  const paired = desk.pairing(code.value.ticket);
  if (paired.ok && paired.value.state === 'paired')
    cookies.set('display', paired.value.entered.token);
  return {
    ...bare,
    cookies,
    as(who, { headers, ...what }) {
      const token = cookies.get(who);
      const cookie = token === undefined ? {} : { cookie: `courtyard_session=${token}` };
      const type = what.method === 'GET' || what.method === 'HEAD' ? {} : JSON_TYPE;
      return app.inject({ ...what, headers: { ...type, ...cookie, ...headers } });
    },
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
