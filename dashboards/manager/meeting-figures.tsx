// What the meeting hears beside problems: who is late, what was suggested, and the figures that should
// be nought, each with the side that answers for it.
import type { ComponentChildren } from 'preact';
import type { JointMeetingView } from '../../gateway/api/schemas.ts';
import type { Sight } from './sight.ts';

type Side = JointMeetingView['overdue'][number]['side'];

interface Line {
  readonly key: string;
  readonly name: ComponentChildren;
  readonly what: string;
  readonly side: Side;
}

export function MeetingFigures({ meeting, sight }: FiguresProps) {
  const { words, format, now } = sight;
  const { problems: say } = words;
  const { overdue, suggestions } = meeting;
  return (
    <>
      <Lines
        title={say.sections.overdue}
        sight={sight}
        lines={overdue.map(({ team, side, tickets, worstS, numbers }) => ({
          key: `${team} ${side}`,
          name: `${words.team[team]} · ${numbers.map((number) => `#${number}`).join(' ')}`,
          what: say.overdueLine(tickets, format.duration(worstS)),
          side,
        }))}
      />
      <Lines
        title={say.sections.suggestions}
        sight={sight}
        lines={suggestions.map(({ at, place, words: said, ticket = '', side }) => ({
          key: `${at} ${ticket}`,
          name: (
            <>
              <b>{place}</b> {said}
            </>
          ),
          what: format.moment(Date.parse(at), now),
          side,
        }))}
      />
      <RedFigures meeting={meeting} sight={sight} />
    </>
  );
}

interface FiguresProps {
  readonly meeting: JointMeetingView;
  readonly sight: Sight;
}

/** The aim of each is nought. */
function RedFigures({ meeting: { bags, offHours }, sight }: FiguresProps) {
  const { problems: say } = sight.words;
  return (
    <>
      <Lines
        title={say.sections.bags}
        total={sum(bags.map((one) => one.bags))}
        sight={sight}
        lines={bags.map(({ place, name, bags: count, side }) => ({
          key: place,
          name,
          what: say.bagsLine(count),
          side,
        }))}
      />
      <Lines
        title={say.sections.offHours}
        total={sum(offHours.map(({ deposits }) => deposits))}
        sight={sight}
        lines={offHours.map(({ place, name, deposits, side }) => ({
          key: place,
          name,
          what: say.offHoursLine(deposits),
          side,
        }))}
      />
    </>
  );
}

interface LinesProps {
  readonly title: string;
  /** How many lines there are where left out. */
  readonly total?: number;
  readonly lines: readonly Line[];
  readonly sight: Sight;
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

function Lines({ title, lines, total = lines.length, sight: { words } }: LinesProps) {
  const { problems: say } = words;
  return (
    <section>
      <h2 class="section">
        {title} · {total}
      </h2>
      {lines.length === 0 ? (
        <p class="lists__none">{say.none}</p>
      ) : (
        <table class="list list--figures">
          <caption class="unseen">{title}</caption>
          <tbody>
            {lines.map(({ key, name, what, side }) => (
              <tr key={key} class="list__row">
                <td class="list__what">{name}</td>
                <td class="list__figure">{what}</td>
                <td class="list__side">{say.side[side]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
