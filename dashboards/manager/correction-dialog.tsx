// Asks for a figure to be put right: which of the day's two, by how much, and why. What it would become
// is said while it is typed.
import { useState } from 'preact/hooks';
import type { CorrectionView, LedgerDayView } from '../../gateway/api/schemas.ts';
import { Dialog } from '../people/dialog.tsx';
import { useDeed } from '../people/use-deed.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { signedIn } from '../shared/session.ts';
import {
  correctionIn,
  EMPTY,
  isReady,
  kgIn,
  REASON_LENGTH,
  takesTooMuch,
  type Draft,
} from './correction-draft.ts';
import { BASES, figureOf } from './opened-day.ts';
import { dayName, type Sight } from './sight.ts';

interface CorrectionDialogProps {
  readonly day: LedgerDayView;
  readonly sight: Sight;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function CorrectionDialog({ day, sight, onDone, onClose }: CorrectionDialogProps) {
  const { words, stationOf } = sight;
  const say = words.ledger.correction;
  const deed = useDeed({ standing: signedIn.value, words });
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [key] = useState(newKey);
  const { station, stream } = day;
  const now = figureOf(day, draft.basis).countedKg;
  const body = { day: day.day, stream, station, ...correctionIn(draft) };
  const path = '/api/v1/ledger/corrections';
  const place = [dayName(day.day, words), stationOf(station), words.stream[stream]].join(' · ');
  return (
    <Dialog
      title={say.askOf(place)}
      send={say.send}
      ready={isReady(draft, now) ? 'yes' : 'no'}
      deed={deed}
      words={words}
      onSend={() => void deed.run(() => tell<CorrectionView>({ path, body, key }), onDone)}
      onClose={onClose}
    >
      <BasisField day={day} draft={draft} sight={sight} onDraft={setDraft} />
      <KgField draft={draft} now={now} sight={sight} onDraft={setDraft} />
      <ReasonField draft={draft} sight={sight} onDraft={setDraft} />
    </Dialog>
  );
}

interface FieldProps {
  readonly draft: Draft;
  readonly sight: Sight;
  readonly onDraft: (draft: Draft) => void;
}

function BasisField({ day, draft, sight, onDraft }: FieldProps & { readonly day: LedgerDayView }) {
  const { words, format } = sight;
  return (
    <fieldset class="kinds">
      <legend class="field__name">{words.ledger.correction.basis}</legend>
      {BASES.map((basis) => (
        <label key={basis} class="kinds__one">
          <input
            type="radio"
            name="basis"
            value={basis}
            checked={draft.basis === basis}
            onChange={() => onDraft({ ...draft, basis })}
          />
          {words.ledger.day.basis[basis]} {format.value('net', figureOf(day, basis).countedKg)}
        </label>
      ))}
    </fieldset>
  );
}

function KgField({ draft, now, sight, onDraft }: FieldProps & { readonly now: number }) {
  const { words, format } = sight;
  const say = words.ledger.correction;
  const kg = kgIn(draft);
  const isWrong = takesTooMuch(draft, now);
  const after = say.becomes(format.value('net', now), format.value('net', now + (kg ?? 0)));
  return (
    <label class="field">
      <span class="field__name">{say.kg}</span>
      <input
        class="field__input"
        name="kg"
        required
        autocomplete="off"
        maxLength={12}
        aria-invalid={isWrong}
        value={draft.kg}
        onInput={(event) => onDraft({ ...draft, kg: event.currentTarget.value })}
      />
      <span class="field__hint" role="status">
        {isWrong ? say.belowNothing : kg === undefined ? say.kgHint : after}
      </span>
    </label>
  );
}

function ReasonField({ draft, sight: { words }, onDraft }: FieldProps) {
  const say = words.ledger.correction;
  return (
    <label class="field">
      <span class="field__name">
        {say.reason}{' '}
        <span class="field__need">· {say.reasonHint(REASON_LENGTH - draft.reason.length)}</span>
      </span>
      <textarea
        class="field__input"
        name="reason"
        rows={3}
        required
        maxLength={REASON_LENGTH}
        dir="auto"
        value={draft.reason}
        onInput={(event) => onDraft({ ...draft, reason: event.currentTarget.value })}
      />
    </label>
  );
}
