// What the API asks of rounds, answered: those under way from the fold's state, those that are over from
// the books, steps through the commands' queue.
import type { Answer, PatrolsDesk, RoundAction } from '../../api/desk.ts';
import type { RoundView } from '../../api/schemas.ts';
import type { Patrol } from '../../domain/patrol.ts';
import { keptRound, type Round } from '../../domain/round.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Books } from '../../store/log.ts';
import { refuse } from '../command.ts';
import type { Commands } from '../commands.ts';
import { repeated } from './round-commands.ts';
import { roundHead, roundView, type NameOf } from './round-view.ts';

export interface RoundDeskParts {
  readonly standing: Pick<Standing, 'rounds'>;
  readonly books: Pick<Books, 'happenings' | 'happening'>;
  readonly commands: Pick<Commands, 'startRound' | 'roundAction'>;
  readonly patrols: ReadonlyMap<string, Patrol>;
  readonly nameOf: NameOf;
}

type RoundDesk = Pick<PatrolsDesk, 'rounds' | 'round' | 'startRound' | 'roundAction'>;

const LIST_LIMIT = 100;
/** How far back a start that is sent again finds the round that it began. */
const LATELY = 50;

export function createRoundDesk(parts: RoundDeskParts): RoundDesk {
  const { standing, books, commands, patrols, nameOf } = parts;
  const find = async (id: string): Promise<Round | undefined> => {
    const underWay = standing.rounds.get(id);
    if (underWay) return underWay;
    const kept = await books.happening('round', id);
    return kept && keptRound(kept);
  };
  const shown = async (answer: Answer<string>): Promise<Answer<RoundView>> => {
    if (!answer.ok) return answer;
    const round = await find(answer.value);
    return round
      ? { ok: true, value: roundView(round, nameOf) }
      : refuse(404, 'No such round', `there is no round ${answer.value}`);
  };
  return {
    async rounds({ state, patrol, walkedBy, limit = LIST_LIMIT, offset = 0 }) {
      const place = patrol === undefined ? {} : { place: patrol };
      const isWanted = (round: Round): boolean =>
        (patrol === undefined || round.patrol === patrol) &&
        (walkedBy === undefined || round.by === walkedBy);
      const now = state === 'over' ? [] : [...standing.rounds.all()].map(([, round]) => round);
      const over =
        state === 'under-way'
          ? []
          : await books.happenings({ kind: 'round', ...place, limit: MOST_KEPT });
      return [...now.reverse(), ...over.map(keptRound)]
        .filter(isWanted)
        .slice(offset, offset + limit)
        .map((round) => roundHead(round, nameOf));
    },
    round: (id) => shown({ ok: true, value: id }),
    async startRound(ask) {
      const again = await begunUnder(books, ask);
      const asked = { ...ask, action: 'start' };
      if (again) return shown(repeated(again, asked) ?? { ok: true, value: again.id });
      return shown(await commands.startRound(patrols, asked));
    },
    async roundAction({ id, ...ask }) {
      const round = await find(id);
      if (!round) return refuse(404, 'No such round', `there is no round ${id}`);
      const again = repeated(round, ask);
      return shown(again ?? (await commands.roundAction(id, ask)));
    },
  };
}

/** More than a team walks in a year. */
const MOST_KEPT = 2000;

/** A start whose round is over already, sent again by a phone that had not heard. */
async function begunUnder(
  books: RoundDeskParts['books'],
  { key, actor }: Pick<RoundAction, 'key' | 'actor'>,
): Promise<Round | undefined> {
  if (key === undefined) return undefined;
  const lately = await books.happenings({ kind: 'round', limit: LATELY });
  return lately.map(keptRound).find(({ by, steps }) => by === actor.by && steps[0]?.key === key);
}
