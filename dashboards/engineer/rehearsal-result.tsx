// What a rehearsal came to: which days it covers, how often each rule would have spoken, and then alarm
// by alarm what is different.
import type { RehearsalView } from '../../gateway/api/schemas.ts';
import { Quiet } from '../shared/quiet.tsx';
import type { Sight } from './sight.ts';

interface ResultProps {
  readonly view: RehearsalView;
  /** The one that was turned. */
  readonly rule: string;
  readonly sight: Sight;
}

export function RehearsalResult({ view, rule, sight }: ResultProps) {
  return (
    <section class="result" aria-live="polite">
      <Covers view={view} sight={sight} />
      <Counts view={view} rule={rule} sight={sight} />
      <Differences view={view} sight={sight} />
    </section>
  );
}

type Part = Omit<ResultProps, 'rule'>;

function Covers({ view, sight: { words, format, now } }: Part) {
  const say = words.work.rehearsal;
  const { from, to, days, completeFrom } = view.covers;
  if (from === undefined || to === undefined) return <Quiet what={say.noDays} />;
  const at = (moment: string): string => format.moment(Date.parse(moment), now);
  const readings = days.reduce((sum, day) => sum + day.readings, 0);
  const partly = days.filter((day) => !day.complete).map(({ day }) => day.slice(5));
  return (
    <div class="standing">
      <p>
        <b>{say.covers(at(from), at(to), format.count(readings))}</b>
      </p>
      {partly.length > 0 && <p>{say.partly(partly.join('、'))}</p>}
      {completeFrom !== undefined && <p>{say.completeFrom(at(completeFrom))}</p>}
      {view.truncated && <p class="standing--no">{say.truncated[view.truncated]}</p>}
    </div>
  );
}

/** What was turned first, and of the others those that are touched by it. */
function Counts({ view, rule, sight: { words } }: ResultProps) {
  const say = words.work.rehearsal;
  const isTouched = ({ before, after }: RehearsalView['rules'][number]): boolean =>
    before.alarms !== after.alarms || before.tickets !== after.tickets;
  const rows = [
    ...view.rules.filter((row) => row.rule === rule),
    ...view.rules.filter((row) => row.rule !== rule && isTouched(row)),
  ];
  const { columns } = say;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={columns.rule}>
      <table class="counts">
        <thead>
          <tr>
            <th scope="col">{columns.rule}</th>
            <th scope="col">{`${columns.alarms} · ${say.before}`}</th>
            <th scope="col">{`${columns.alarms} · ${say.after}`}</th>
            <th scope="col">{`${columns.tickets} · ${say.before}`}</th>
            <th scope="col">{`${columns.tickets} · ${say.after}`}</th>
            <th scope="col">{columns.real}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ rule: id, change, before, after, real }) => (
            <tr key={id} data-rule={id}>
              <th scope="row">
                {id} {change !== 'same' && <small>{say.change[change]}</small>}
              </th>
              <td>{before.alarms}</td>
              <td class="counts__after">{after.alarms}</td>
              <td>{before.tickets}</td>
              <td class="counts__after">{after.tickets}</td>
              <td>{real}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const LISTED = 100;
const SHAPES = {
  both: '=',
  earlier: '↑',
  later: '↓',
  'only-before': '−',
  'only-after': '+',
} as const;

function Differences({ view, sight }: Part) {
  const { words, format, now, nameOf } = sight;
  const say = words.work.rehearsal;
  const different = view.compared.filter(({ fate }) => fate !== 'both');
  const at = (moment: string): string => format.moment(Date.parse(moment), now);
  const hidden = Math.max(0, different.length - LISTED) + (view.leftOut ?? 0);
  return (
    <>
      <h2 class="section section--small">{say.differences}</h2>
      {different.length === 0 && <Quiet what={say.noDifferences} />}
      <ul class="rows">
        {different.slice(0, LISTED).map((alarm) => (
          <li
            key={`${alarm.rule} ${alarm.asset} ${alarm.raisedAt} ${alarm.fate}`}
            class="fate"
            data-fate={alarm.fate}
          >
            <b class="fate__what">
              <span aria-hidden="true">{SHAPES[alarm.fate]}</span> {say.fate[alarm.fate]}
            </b>
            <span>
              {nameOf(alarm.asset)} · {alarm.rule}
            </span>
            <span class="fate__when">
              {alarm.wasRaisedAt && `${at(alarm.wasRaisedAt)} → `}
              {at(alarm.raisedAt)}
            </span>
          </li>
        ))}
      </ul>
      {hidden > 0 && <p class="quiet">{say.more(hidden)}</p>}
    </>
  );
}
