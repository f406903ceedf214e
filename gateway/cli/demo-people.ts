// Who works in the demo's compound: one person for each role, so that every screen can be seen through
// its own eyes. Their password is no secret: nobody reaches a demo but the machine that it runs on.
import type { Desk } from '../api/desk.ts';
import type { NewPerson } from '../api/schemas.ts';
import { Fault } from '../domain/fault.ts';

export const DEMO_PASSWORD = 'green lamp 7';

export const DEMO_PEOPLE: readonly NewPerson[] = [
  { id: 'admin', name: '陈管理', role: 'admin' },
  { id: 'manager', name: '王经理', role: 'manager', teams: ['managers'], above: 'admin' },
  { id: 'engineer', name: '李工', role: 'engineer', teams: ['engineers'], above: 'manager' },
  { id: 'cleaner', name: '张师傅', role: 'cleaner', teams: ['cleaners'], above: 'manager' },
  { id: 'steward', name: '刘楼长', role: 'steward', teams: ['stewards'], above: 'manager' },
  { id: 'committee', name: '赵业委', role: 'committee' },
  { id: 'reviewer', name: '孙书记', role: 'reviewer' },
  { id: 'volunteer', name: '周志愿', role: 'volunteer' },
];

/** Once for each folder of a demo: what a visitor changed of them stays. */
export async function seedPeople(desk: Desk): Promise<void> {
  if (desk.people().length > 0) return;
  const actor = { by: 'command', role: 'admin' };
  for (const person of DEMO_PEOPLE) {
    const answer = await desk.addPerson({ body: { ...person, password: DEMO_PASSWORD }, actor });
    if (!answer.ok)
      throw new Fault('config-invalid', `seeding the demo’s people: ${answer.detail}`);
  }
}
