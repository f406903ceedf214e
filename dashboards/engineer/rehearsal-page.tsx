// Tries a changed rule on the days that are still kept: pick one, turn its limits or its hold, and see
// what would have come of it beside what the present rules make of the same days. Changes nothing.
import { useEffect, useState } from 'preact/hooks';
import type { RehearsalView } from '../../gateway/api/schemas.ts';
import { newKey, tell } from '../shared/gateway.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { refusalText } from '../shared/refusal.ts';
import { useAsked } from '../shared/use-asked.ts';
import type { Words } from '../shared/words.ts';
import { Frame } from './frame.tsx';
import { RehearsalResult } from './rehearsal-result.tsx';
import { isTurned, turnedRule, type RuleInWords, type Turned } from './rule-form.ts';
import { RuleKnobs } from './rule-knobs.tsx';
import { sightOf, type Sight } from './sight.ts';

export function RehearsalPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words } = sight;
  const say = words.work.rehearsal;
  const asked = useAsked<RuleInWords[]>('/api/v1/rules');
  useEffect(() => {
    document.title = say.title;
  }, [say]);
  return (
    <Frame live={live} tab="rehearsal">
      <main class="columns columns--one">
        <section class="column" aria-labelledby="rehearsal">
          <h1 id="rehearsal" class="section">
            {say.title}
          </h1>
          <p class="rehearsal__note">{say.note}</p>
          {!asked && <Quiet what={words.loading} />}
          {asked && !asked.ok && (
            <Failure words={words} title={asked.title} detail={asked.detail} />
          )}
          {asked?.ok && asked.value.length === 0 && <Quiet what={say.none} next={say.noneNext} />}
          {asked?.ok && asked.value.length > 0 && <Bench rules={asked.value} sight={sight} />}
        </section>
      </main>
    </Frame>
  );
}

const idOf = (rule: RuleInWords | undefined): string => {
  const id = rule?.['id'];
  return typeof id === 'string' ? id : '';
};

function Bench({ rules, sight }: { rules: readonly RuleInWords[]; sight: Sight }) {
  const { words } = sight;
  const say = words.work.rehearsal;
  const [id, setId] = useState(idOf(rules[0]));
  const [turned, setTurned] = useState<Turned>({});
  const [span, setSpan] = useState<DaySpan>({ from: '', to: '' });
  const trial = useTrial(sight);
  const rule = rules.find((one) => idOf(one) === id) ?? {};
  const isReady = isTurned(rule, turned) && trial.busy === 'idle' && sight.reachable === 'yes';
  const choose = (next: string): void => {
    setId(next);
    setTurned({});
  };
  return (
    <>
      <form
        class="bench"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) trial.run(turnedRule(rule, turned), span);
        }}
      >
        <RulePick ids={rules.map(idOf)} shown={id} words={words} onChoose={choose} />
        <RuleKnobs rule={rule} turned={turned} words={words} onTurn={setTurned} />
        <Days span={span} words={words} onSpan={setSpan} />
        <button type="submit" class="button button--main bench__run" disabled={!isReady}>
          {say.run}
        </button>
        <p class="notice" role="alert">
          {trial.notice}
        </p>
      </form>
      {trial.busy === 'sending' && <Quiet what={say.running} />}
      {trial.view && <RehearsalResult view={trial.view} rule={id} sight={sight} />}
    </>
  );
}

interface RulePickProps {
  readonly ids: readonly string[];
  readonly shown: string;
  readonly words: Words;
  readonly onChoose: (id: string) => void;
}

const RulePick = ({ ids, shown, words, onChoose }: RulePickProps) => (
  <label class="field">
    <span class="field__name">{words.work.rehearsal.rule}</span>
    <select
      class="field__input"
      value={shown}
      onInput={(event) => onChoose(event.currentTarget.value)}
    >
      {ids.map((id) => (
        <option key={id} value={id}>
          {id}
        </option>
      ))}
    </select>
  </label>
);

interface DaySpan {
  readonly from: string;
  readonly to: string;
}

interface DaysProps {
  readonly span: DaySpan;
  readonly words: Words;
  readonly onSpan: (span: DaySpan) => void;
}

/** Left empty, all days that are kept. */
const Days = ({ span, words, onSpan }: DaysProps) => (
  <div class="bench__days">
    {(['from', 'to'] as const).map((edge) => (
      <label key={edge} class="field">
        <span class="field__name">{words.work.rehearsal[edge]}</span>
        <input
          class="field__input"
          type="date"
          value={span[edge]}
          onInput={(event) => onSpan({ ...span, [edge]: event.currentTarget.value })}
        />
      </label>
    ))}
  </div>
);

interface Trial {
  readonly busy: 'sending' | 'idle';
  readonly notice: string;
  readonly view: RehearsalView | undefined;
  readonly run: (rule: RuleInWords, span: DaySpan) => void;
}

function useTrial({ words, standing }: Sight): Trial {
  const [busy, setBusy] = useState<Trial['busy']>('idle');
  const [notice, setNotice] = useState('');
  const [view, setView] = useState<RehearsalView>();
  const attempt = async (body: Record<string, unknown>): Promise<void> => {
    setBusy('sending');
    setView(undefined);
    const outcome = await tell<RehearsalView>({ path: '/api/v1/rehearsal', body, key: newKey() });
    setBusy('idle');
    if (outcome.ok) setView(outcome.value);
    const isBusy = !outcome.ok && outcome.status === 503;
    const why = outcome.ok ? '' : refusalText(outcome, standing, words);
    setNotice(isBusy ? words.work.rehearsal.busy : why);
  };
  return {
    busy,
    notice,
    view,
    run: (rule, { from, to }) =>
      void attempt({ rule, ...(from !== '' && { from }), ...(to !== '' && { to }) }),
  };
}
