// Corrections of the ledger, checked: one person asks, another agrees or refuses. Nobody agrees to their
// own, whatever their role, because a figure that one person can change stands for nothing.
import type { Answer } from '../../api/desk.ts';
import { STREAMS, type Bin, type Compound } from '../../domain/asset.ts';
import {
  correctedDayOf,
  correctedKg,
  correctionId,
  type CorrectedDay,
  type Correction,
} from '../../domain/correction.ts';
import { isLocalDay, siteDays } from '../../domain/day.ts';
import {
  BASES,
  ledgerDayId,
  STAYS_IN_MIND,
  type Basis,
  type LedgerDay,
} from '../../domain/ledger.ts';
import { days, earlier, type Instant } from '../../domain/time.ts';
import {
  accept,
  refuse,
  writeCommand,
  type Ask,
  type CommandParts,
  type Refusal,
} from '../command.ts';

export interface PlacedCorrection extends Correction, CorrectedDay {}

/** A month of a big station; more is a slip of the finger. */
const MOST_KG = 100_000;
const LONGEST_REASON = 500;
/** The fold forgets a day at the end of it; whoever asks on its last day may be too late. */
const STAYS_OPEN = days(STAYS_IN_MIND / days(1) - 2);

/** `correct` {day, stream, station, basis, kg, reason}. */
export async function askCorrection(
  parts: CommandParts,
  compound: Compound,
  ask: Ask,
): Promise<Answer<PlacedCorrection>> {
  const of = dayIn(compound, ask.body);
  if (!('day' in of)) return of;
  const before = parts.standing.ledger.get(ledgerDayId(of));
  const again = before?.corrections?.find(({ key }) => ask.key !== undefined && key === ask.key);
  if (again) return accept({ ...of, ...again });
  const wrong = spanRefusal(compound, of, parts.clock.now()) ?? figureRefusal(before, ask.body);
  if (wrong) return wrong;
  const id = correctionId(of, (before?.corrections?.length ?? 0) + 1);
  await writeCommand(parts, { on: 'ledger', id, ...ask, action: 'correct' });
  const { corrections = [] } = parts.standing.ledger.get(ledgerDayId(of)) ?? {};
  const after = corrections.find((one) => one.id === id);
  return after ? accept({ ...of, ...after }) : changed(of.day);
}

/** `approve` and `refuse` {note?}. */
export async function decideCorrection(
  parts: CommandParts,
  id: string,
  ask: Ask,
): Promise<Answer<PlacedCorrection>> {
  const of = correctedDayOf(id);
  const find = (): Correction | undefined =>
    of && parts.standing.ledger.get(ledgerDayId(of))?.corrections?.find((one) => one.id === id);
  const before = find();
  if (!of || !before)
    return refuse(404, 'No such correction', `there is no correction ${id.slice(0, 100)}`);
  const wanted = ask.action === 'approve' ? 'approved' : 'refused';
  if (before.state === wanted && before.decidedBy === ask.actor.by)
    return accept({ ...of, ...before });
  if (before.state !== 'pending')
    return refuse(409, 'Decided already', `${before.decidedBy} has ${before.state} it`);
  if (before.by === ask.actor.by)
    return refuse(
      403,
      'Two people',
      'you asked for it yourself; a manager, an administrator or a reviewer other than you decides',
    );
  const day = parts.standing.ledger.get(ledgerDayId(of));
  const wrong = wanted === 'approved' ? belowNothing(day, before) : undefined;
  if (wrong) return wrong;
  await writeCommand(parts, { on: 'ledger', id, ...ask });
  const after = find();
  return after && after.state !== 'pending' ? accept({ ...of, ...after }) : changed(of.day);
}

const changed = (day: string): Refusal =>
  refuse(409, 'Changed meanwhile', `the ledger of ${day} has changed; look again`);

function dayIn(compound: Compound, body: Ask['body']): CorrectedDay | Refusal {
  const { day, station } = body;
  const stream = STREAMS.find((one) => one === body['stream']);
  if (typeof day !== 'string' || !isLocalDay(day))
    return refuse(422, 'No such day', 'day must be a date of the site, as 2026-11-22');
  const isHere = (asset: { readonly kind: string }): asset is Bin =>
    asset.kind === 'bin' && (asset as Bin).station === station && (asset as Bin).stream === stream;
  const bin = [...compound.assets.values()].find(isHere);
  if (!bin) return refuse(404, 'No such bins', 'no station of that name has bins of that stream');
  return { day, stream: bin.stream, station: bin.station };
}

function spanRefusal(compound: Compound, { day }: CorrectedDay, now: Instant): Refusal | undefined {
  const calendar = siteDays(compound.place);
  if (day > calendar.at(now).day)
    return refuse(422, 'Not yet', `${day} has not begun; nothing of it can be wrong`);
  if (day < calendar.at(earlier(now, STAYS_OPEN)).day)
    return refuse(422, 'Too old', `${day} is more than a year old, and its ledger is closed`);
  return undefined;
}

function figureRefusal(day: LedgerDay | undefined, body: Ask['body']): Refusal | undefined {
  const basis = BASES.find((one) => one === body['basis']);
  const { kg, reason } = body;
  if (!basis) return refuse(422, 'No such basis', `basis must be ${BASES.join(' or ')}`);
  if (typeof kg !== 'number' || !Number.isFinite(kg) || kg === 0 || Math.abs(kg) > MOST_KG)
    return refuse(
      422,
      'No such weight',
      `kg must be what is added to the figure, or taken off it where below 0; up to ${MOST_KG}`,
    );
  if (typeof reason !== 'string' || reason.trim() === '' || reason.length > LONGEST_REASON)
    return refuse(422, 'No reason', `reason must say why, in up to ${LONGEST_REASON} characters`);
  return belowNothing(day, { basis, kg });
}

function belowNothing(
  day: LedgerDay | undefined,
  { basis, kg }: { readonly basis: Basis; readonly kg: number },
): Refusal | undefined {
  const measured = (basis === 'deposited' ? day?.depositedKg : day?.collectedKg) ?? 0;
  const now = measured + correctedKg(day?.corrections ?? [], basis);
  if (kg > 0 || now + kg >= 0) return undefined;
  return refuse(
    422,
    'Less than nothing',
    `${now.toFixed(3)} kg stand there, and ${-kg} kg cannot be taken off them`,
  );
}
