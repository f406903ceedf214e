// How people want to be reached, as the API shows it and takes it. An address or a telephone is
// shown to whom it belongs and to those who keep the rosters.
import type { Actor, Answer, NoticesDesk } from '../../api/desk.ts';
import type { ReachesView, ReachView } from '../../api/schemas.ts';
import type { Reach } from '../../domain/reach.ts';
import type { NoticeSettings } from '../../domain/reader.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Commands } from '../commands.ts';
import type { Dispatch } from '../outbox/dispatch.ts';

interface ReachParts {
  readonly dispatch: Pick<Dispatch, 'states'>;
  readonly standing: Pick<Standing, 'people'>;
  readonly settings: Pick<NoticeSettings, 'channels'>;
  readonly commands: Pick<Commands, 'personAction'>;
}

export function createReachDesk(parts: ReachParts): Pick<NoticesDesk, 'reach' | 'setReach'> {
  const { dispatch, standing, settings, commands } = parts;
  const shown = (reach: readonly Reach[] = []): ReachesView => ({
    reach: reach.map(reachView),
    channels: dispatch.states().map(({ id, kind }) => ({ id, kind })),
  });
  return {
    reach({ id, actor }) {
      const person = standing.people.get(id);
      if (!person || !maySee(actor, id))
        return refused(404, 'No such person', `there is nobody by the name ${id} for you to see`);
      return { ok: true, value: shown(person.reach) };
    },
    async setReach({ id, reach, actor }) {
      const unknown = reach.find(({ channel }) => !settings.channels.includes(channel));
      if (unknown)
        return refused(422, 'No such channel', `the site file has no channel ${unknown.channel}`);
      const channels = new Set(reach.map(({ channel }) => channel));
      if (channels.size < reach.length)
        return refused(422, 'A channel twice', 'each channel reaches a person once');
      const action = { action: 'reach', id, reach: reach.map(reachOf), actor } as const;
      const answer = await commands.personAction(action);
      return answer.ok ? { ok: true, value: shown(answer.value.reach) } : answer;
    },
  };
}

const maySee = ({ by, role }: Actor, id: string): boolean =>
  by === id || role === 'manager' || role === 'admin';

const refused = (status: 404 | 422, title: string, detail: string): Answer<never> => ({
  ok: false,
  status,
  title,
  detail,
});

const reachOf = ({ channel, to, severities, quiet }: ReachView): Reach => ({
  channel,
  ...(to !== undefined && { to }),
  ...(severities && { severities }),
  ...(quiet && { quiet: { fromMinute: minuteOf(quiet.from), toMinute: minuteOf(quiet.to) } }),
});

const reachView = ({ channel, to, severities, quiet }: Reach): ReachView => ({
  channel,
  ...(to !== undefined && { to }),
  ...(severities && { severities: [...severities] }),
  ...(quiet && { quiet: { from: clockFace(quiet.fromMinute), to: clockFace(quiet.toMinute) } }),
});

function minuteOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}

const clockFace = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
