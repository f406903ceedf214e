// Problems as lines that are read aloud: what, where, how old, whose turn, how late. What has ended is
// struck, in ink as on a screen.
import type { ProblemRowView } from '../../gateway/api/schemas.ts';
import { pathTo } from '../shared/language.ts';
import type { Sight } from './sight.ts';

interface TableProps {
  readonly rows: readonly ProblemRowView[];
  readonly caption: string;
  readonly sight: Sight;
}

export function ProblemTable({ rows, caption, sight }: TableProps) {
  const { problems: say } = sight.words;
  const { head } = say;
  return (
    <div class="scroll">
      <table class="list">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head.number}</th>
            <th scope="col" class="list__what">
              {head.what}
            </th>
            <th scope="col">{head.age}</th>
            <th scope="col">{head.returns}</th>
            <th scope="col">{head.step}</th>
            <th scope="col">{head.turn}</th>
            <th scope="col">{head.due}</th>
            <th scope="col">{head.side}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ProblemLine key={row.id} row={row} sight={sight} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ProblemLine({ row, sight }: { row: ProblemRowView; sight: Sight }) {
  const { words } = sight;
  const { problems: say } = words;
  const { id, number, title, category, place, ageDays, returns, next, waiting, endedAt } = row;
  const hasEnded = endedAt !== undefined;
  // A title that nobody wrote says both already.
  const where = [words.category[category], place].filter((word) => !title.includes(word));
  return (
    <tr class={hasEnded ? 'list__row list__row--ended' : 'list__row'}>
      <td>
        <a class="list__number" href={pathTo(`/engineer/tickets/${encodeURIComponent(id)}`)}>
          {number}
        </a>
      </td>
      <td class="list__what">
        {hasEnded ? <s>{title}</s> : <bdi>{title}</bdi>}
        {where.length > 0 && <span class="list__where">{where.join(' · ')}</span>}
        {row.endedBecause && <span class="list__where">{row.endedBecause}</span>}
      </td>
      <td>{say.days(ageDays)}</td>
      <td>{returns > 0 ? returns : ''}</td>
      <td>
        {next && say.next[next]}
        {waiting && <span class="list__where">{say.waiting[waiting]}</span>}
      </td>
      <td>{turnText(row, sight)}</td>
      <td>{dueText(row, sight)}</td>
      <td>{hasEnded ? '' : say.side[row.side]}</td>
    </tr>
  );
}

function turnText({ turn, turnName, team }: ProblemRowView, { words }: Sight): string {
  if (turn === undefined) return '';
  if (turn !== 'team') return words.problems.turn[turn];
  return turnName === undefined ? words.team[team] : `${words.team[team]} · ${turnName}`;
}

function dueText({ state, dueAt, overdueS, endedAt }: ProblemRowView, sight: Sight) {
  const { words, format, now } = sight;
  const { problems: say } = words;
  if (endedAt !== undefined) {
    const when = format.moment(Date.parse(endedAt), now);
    return state === 'declined' ? say.declinedAt(when) : say.closedAt(when);
  }
  if (overdueS !== undefined) return <b>▲ {say.overdue(format.duration(overdueS))}</b>;
  return dueAt === undefined ? '' : say.due(format.moment(Date.parse(dueAt), now));
}
