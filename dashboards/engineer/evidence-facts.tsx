// What else was frozen when an alarm tripped: whether the gateway's clock was to be believed, how its
// device was heard, and what was doubted then.
import type { AlarmView, EvidenceView } from '../../gateway/api/schemas.ts';
import { wordFor } from '../shared/words.ts';
import { Fact } from './fact.tsx';
import type { Sight } from './sight.ts';

interface EvidenceFactsProps {
  readonly alarm: AlarmView;
  readonly evidence: EvidenceView;
  readonly sight: Sight;
}

export function EvidenceFacts({ alarm, evidence, sight }: EvidenceFactsProps) {
  const { words, format } = sight;
  const rise = riseOf(alarm, evidence, sight);
  const say = words.work.evidence;
  const { clock, device, before, after, latest, state } = evidence;
  const doubted = latest.filter(({ doubt }) => doubt !== undefined);
  const isLate = before?.taken === 'late' || after?.taken === 'late';
  return (
    <section class="facts">
      <dl>
        <Fact name={say.name}>
          {[state === 'open' ? say.open : say.frozen, isLate && say.late]
            .filter(Boolean)
            .join(' · ')}
        </Fact>
        {rise !== undefined && <Fact name={words.work.severity}>{rise}</Fact>}
        {clock !== undefined && <Fact name={say.clock}>{wordFor(say.clockState, clock)}</Fact>}
        {device && <Fact name={say.device}>{deviceWords(device, evidence.raisedAt, sight)}</Fact>}
        {doubted.map(({ quantity, value, doubt }) => (
          <Fact key={quantity} name={say.doubt}>
            {wordFor(words.quantity, quantity)} {format.exact(quantity, value)} · {doubt}
          </Fact>
        ))}
      </dl>
    </section>
  );
}

/** Where its severity follows its value: what its rule says at first, and what it is now. */
function riseOf(
  { severity }: AlarmView,
  { rule }: EvidenceView,
  { words }: Sight,
): string | undefined {
  const { severity: first } = (rule ?? {}) as { readonly severity?: unknown };
  if (typeof first !== 'string' || first === severity) return undefined;
  return words.work.rose(wordFor(words.severity, first), words.severity[severity]);
}

type Device = NonNullable<EvidenceView['device']>;

function deviceWords(device: Device, raisedAt: string, { words, format }: Sight): string {
  const { id, link, lagS, heardAt } = device;
  const say = words.work.evidence;
  return [
    id,
    link && say.link[link],
    heardAt && say.heard(format.moment(Date.parse(heardAt), Date.parse(raisedAt))),
    lagS !== undefined && lagS >= 1 && say.lag(format.duration(lagS)),
  ]
    .filter(Boolean)
    .join(' · ');
}
