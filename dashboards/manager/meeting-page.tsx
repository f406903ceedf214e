// What the joint meeting (三方联动会) goes through, in its order, each with the side that answers for it.
// The days stand in the address, so that a link opens the same list.
import { useEffect, useState } from 'preact/hooks';
import type { JointMeetingView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { Answered } from '../shared/answered.tsx';
import { signedIn } from '../shared/session.ts';
import { useKept } from '../shared/use-kept.ts';
import { goTo, search } from './address.ts';
import { ListFoot, ListFrame, ListHead } from './list-frame.tsx';
import { MeetingFigures } from './meeting-figures.tsx';
import { ProblemTable } from './problem-table.tsx';
import { sightOf, type Sight } from './sight.ts';

const ASK_AGAIN_MS = 60_000;

function meetingPath(query: string): string {
  const asked = new URLSearchParams(query);
  const edges = ['from', 'to'].flatMap((edge) => {
    const day = asked.get(edge);
    return day ? [[edge, day]] : [];
  });
  return `/api/v1/joint-meeting?${new URLSearchParams(edges).toString()}`;
}

export function MeetingPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words, now } = sight;
  const site = live.site.value;
  const [retries, setRetries] = useState(0);
  const standing = signedIn.value.state;
  const isKnown = standing === 'in' || standing === 'ended';
  const round = Math.floor(now / ASK_AGAIN_MS) + retries;
  const asked = useKept<JointMeetingView>(isKnown ? meetingPath(search.value) : undefined, round);
  useEffect(() => {
    document.title = `${words.problems.meeting}${site ? ` · ${site.name}` : ''}`;
  }, [words, site]);
  return (
    <ListFrame live={live} tab="meeting">
      <Answered asked={asked} words={words} retry={() => setRetries(retries + 1)}>
        {(meeting) => <MeetingSheet meeting={meeting} sight={sight} />}
      </Answered>
    </ListFrame>
  );
}

const PROBLEM_PARTS = ['fresh', 'lasting', 'returned'] as const;

function MeetingSheet({ meeting, sight }: { meeting: JointMeetingView; sight: Sight }) {
  const { problems: say } = sight.words;
  const { from, to } = meeting;
  return (
    <>
      <ListHead {...meeting} title={say.meeting} period={say.period(from, to)} sight={sight} />
      <DayPicker key={`${from} ${to}`} from={from} to={to} sight={sight} />
      {PROBLEM_PARTS.map((part) => (
        <section key={part}>
          <h2 class="section">
            {say.sections[part]} · {meeting[part].length}
          </h2>
          {meeting[part].length === 0 ? (
            <p class="lists__none">{say.none}</p>
          ) : (
            <ProblemTable rows={meeting[part]} caption={say.sections[part]} sight={sight} />
          )}
        </section>
      ))}
      <MeetingFigures meeting={meeting} sight={sight} />
      <p class="lists__resolution">{say.resolution}</p>
      <p class="sheets">
        <button type="button" class="button" onClick={() => print()}>
          {say.print}
        </button>
      </p>
      <ListFoot sight={sight} />
    </>
  );
}

interface PickerProps {
  readonly from: string;
  readonly to: string;
  readonly sight: Sight;
}

function DayPicker({ from, to, sight: { words } }: PickerProps) {
  const say = words.problems;
  const [span, setSpan] = useState({ from, to });
  return (
    <form
      class="day-picker"
      onSubmit={(event) => {
        event.preventDefault();
        goTo(span);
      }}
    >
      {(['from', 'to'] as const).map((edge) => (
        <label key={edge} class="field">
          <span class="field__name">{say[edge]}</span>
          <input
            class="field__input"
            type="date"
            required
            value={span[edge]}
            onInput={(event) => setSpan({ ...span, [edge]: event.currentTarget.value })}
          />
        </label>
      ))}
      <button type="submit" class="button">
        {say.show}
      </button>
    </form>
  );
}
