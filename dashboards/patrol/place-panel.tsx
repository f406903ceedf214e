// The place where somebody stands: first being there, by its label or by hand, then each question with
// two large buttons. Bad opens a ticket at once; a photo may follow when the gateway has said which.
import { useState } from 'preact/hooks';
import { BagCounter } from './bag-counter.tsx';
import { LookPhoto } from './look-photo.tsx';
import type { Outbox } from './outbox.ts';
import type { LookView, PlaceView } from './round-now.ts';
import type { SendStep } from './round-page.tsx';
import { Scan } from './scan.tsx';
import type { Sight } from './sight.ts';

interface PlaceProps {
  readonly place: PlaceView;
  readonly outbox: Outbox;
  readonly send: SendStep;
  readonly sight: Sight;
  /** Why the code is of no use here; empty where it was taken. */
  readonly onCode: (code: string) => string;
}

export function PlacePanel({ place, outbox, send, sight, onCode }: PlaceProps) {
  const { words, format } = sight;
  const say = words.patrol;
  const { at, name, kind, checkedInAt, checkedInBy, look } = place;
  const hasCome = checkedInBy !== undefined;
  return (
    <section class="place" aria-label={say.here}>
      <p class="place__here">{say.here}</p>
      <h2 class="place__name">{name}</h2>
      {hasCome && (
        <p class="place__come">
          ✓ {say.arrivedBy[checkedInBy]}
          {checkedInAt && ` · ${format.clock(Date.parse(checkedInAt))}`}
        </p>
      )}
      {checkedInBy !== 'qr' && (
        <Arrival
          hasLabel={kind === 'circuit' ? 'no' : 'yes'}
          sight={sight}
          onCode={onCode}
          {...(!hasCome && {
            onHand: () => send('check-in', { place: at, by: 'hand' }, say.deed.checkIn(name)),
          })}
        />
      )}
      {look.length === 0 && <p>{say.nothingAsked}</p>}
      {!hasCome && look.length > 0 && <p class="place__first">{say.checkInFirst}</p>}
      <ol class="looks">
        {look.map((item, index) => (
          <Question
            key={index}
            item={item}
            isOpen={hasCome ? 'yes' : 'no'}
            sight={sight}
            onVerdict={(verdict) =>
              send('look', { place: at, item: index, verdict }, say.deed.look(name, item.ask))
            }
          />
        ))}
      </ol>
      {(kind === 'station' || kind === 'building') && (
        <BagCounter place={at} name={name} outbox={outbox} sight={sight} />
      )}
    </section>
  );
}

interface ArrivalProps {
  readonly hasLabel: 'yes' | 'no';
  readonly sight: Sight;
  readonly onCode: (code: string) => string;
  /** Absent where they are there already, and only the label is still to be read. */
  readonly onHand?: () => void;
}

function Arrival({ hasLabel, sight, onCode, onHand }: ArrivalProps) {
  const say = sight.words.patrol;
  const [open, setOpen] = useState<'scan' | 'none'>('none');
  return (
    <div class="arrival">
      {onHand && (
        <button type="button" class="button arrival__hand" onClick={onHand}>
          {say.arriveByHand}
        </button>
      )}
      {hasLabel === 'yes' && (
        <button
          type="button"
          class={onHand ? 'button button--main arrival__scan' : 'button arrival__scan'}
          aria-expanded={open === 'scan'}
          onClick={() => setOpen(open === 'scan' ? 'none' : 'scan')}
        >
          {say.scan.title}
        </button>
      )}
      {open === 'scan' && <Scan sight={sight} onCode={onCode} />}
    </div>
  );
}

interface QuestionProps {
  readonly item: LookView;
  readonly isOpen: 'yes' | 'no';
  readonly sight: Sight;
  readonly onVerdict: (verdict: 'ok' | 'bad') => void;
}

function Question({ item, isOpen, sight, onVerdict }: QuestionProps) {
  const { words } = sight;
  const say = words.patrol;
  const { ask, category, verdict, ticket } = item;
  return (
    <li class="look">
      <p class="look__ask">{ask}</p>
      <div class="look__answers" role="group" aria-label={ask}>
        <button
          type="button"
          class="look__answer"
          aria-pressed={verdict === 'ok'}
          disabled={isOpen === 'no' || verdict === 'bad'}
          onClick={() => onVerdict('ok')}
        >
          ✓ {say.ok}
        </button>
        <button
          type="button"
          class="look__answer look__answer--bad"
          aria-pressed={verdict === 'bad'}
          disabled={isOpen === 'no' || verdict === 'bad'}
          onClick={() => onVerdict('bad')}
        >
          ▲ {say.isBad}
        </button>
      </div>
      {verdict === 'bad' && (
        <div class="look__after">
          <p>
            {words.category[category]} · {ticket === undefined ? say.sending : say.ticket(ticket)}
          </p>
          {ticket !== undefined && <LookPhoto ticket={ticket} sight={sight} />}
        </div>
      )}
    </li>
  );
}
