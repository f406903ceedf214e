// What hangs on the demo's notice board: one entry of each kind, round about the day on which it is
// looked at, so that a visitor sees the board of a living compound.
import type { Desk } from '../api/desk.ts';
import type { Place } from '../domain/asset.ts';
import { addDays, siteDays, type LocalDay } from '../domain/day.ts';
import { Fault } from '../domain/fault.ts';
import type { PostWords } from '../domain/post.ts';
import type { Instant } from '../domain/time.ts';

const board = (today: LocalDay): PostWords[] => [
  {
    kind: 'doing',
    title: '更换3号楼电梯钢丝绳，请走西侧电梯',
    words: '由维保单位施工，每天8点到17点。给您带来不便，敬请谅解。',
    from: addDays(today, -2),
    to: addDays(today, 5),
  },
  {
    kind: 'planned',
    title: '2号投放点加装雨棚',
    words: '下月开工，工期三天，期间请到1号投放点投放。',
    place: 'k2',
    from: addDays(today, 20),
    to: addDays(today, 22),
  },
  {
    kind: 'activity',
    title: '垃圾分类亲子活动，物业门口集合',
    words: '带上一件可回收物，换一株绿植。',
    from: addDays(today, 4),
    to: addDays(today, 4),
  },
  {
    kind: 'idea',
    title: '想装集中充电棚，听听大家的意见',
    words: '楼道里飞线充电危险。请扫码选“建议”，写下您希望装在哪里。',
  },
];

/** Once for each folder of a demo: what a visitor changed of it stays. */
export async function seedBoard(
  desk: Desk,
  { place, now }: { readonly place: Place; readonly now: Instant },
): Promise<void> {
  if ((await desk.posts({ state: 'all', limit: 1 })).length > 0) return;
  const actor = { by: 'reviewer', role: 'reviewer' };
  for (const body of board(siteDays(place).at(now).day)) {
    const answer = await desk.addPost({ body, actor });
    if (!answer.ok) throw new Fault('config-invalid', `seeding the demo’s board: ${answer.detail}`);
  }
}
