// What an accepted correction makes of the ledger: a line beside the figure, and a happening that is
// kept for ever. What a change in between made impossible leaves everything as it is.
import type { Compound, Stream } from '../../domain/asset.ts';
import {
  correctedDayOf,
  correctionId,
  type CorrectedDay,
  type Correction,
} from '../../domain/correction.ts';
import { siteDays } from '../../domain/day.ts';
import { ledgerDayId, type Basis, type LedgerDay } from '../../domain/ledger.ts';
import type { CommandEntry } from '../../domain/record.ts';
import type { Standing } from '../../domain/standing.ts';
import { countedBins } from '../../project/ledger-keeping.ts';
import { newLedgerDay } from '../../project/ledger-day.ts';

type Keeper = Pick<Standing, 'ledger' | 'keep'>;

/** `correct` under its new id; `approve` and `refuse` of one that waits. */
export function obeyOnLedger(compound: Compound, standing: Keeper, command: CommandEntry): void {
  if (command.action === 'correct') return ask(compound, standing, command);
  const of = correctedDayOf(command.id ?? '');
  const day = of && standing.ledger.get(ledgerDayId(of));
  const before = day?.corrections?.find(({ id }) => id === command.id);
  if (!of || !day || before?.state !== 'pending' || before.by === command.by) return;
  const { body, by, receivedAt } = command;
  const after: Correction = {
    ...before,
    state: command.action === 'approve' ? 'approved' : 'refused',
    decidedBy: by,
    decidedAt: receivedAt,
    ...(typeof body['note'] === 'string' && { answer: body['note'] }),
  };
  write(standing, { of, day }, after);
}

function ask(compound: Compound, standing: Keeper, command: CommandEntry): void {
  const { body, by, receivedAt: at, key } = command;
  const of: CorrectedDay = {
    day: String(body['day']),
    station: String(body['station']),
    stream: body['stream'] as Stream,
  };
  const day = standing.ledger.get(ledgerDayId(of)) ?? emptyDay(compound, of);
  write(
    standing,
    { of, day },
    {
      id: command.id ?? correctionId(of, (day.corrections?.length ?? 0) + 1),
      basis: body['basis'] as Basis,
      kg: Number(body['kg']),
      reason: String(body['reason']),
      by,
      at,
      state: 'pending',
      ...(key !== undefined && { key }),
    },
  );
}

/** A day on which no scale was heard can be put right, too. */
function emptyDay(compound: Compound, of: CorrectedDay): LedgerDay {
  return newLedgerDay(siteDays(compound.place).span(of.day), of, countedBins(compound)(of));
}

interface Place {
  readonly of: CorrectedDay;
  readonly day: LedgerDay;
}

function write(standing: Keeper, { of, day }: Place, correction: Correction): void {
  const others = (day.corrections ?? []).filter(({ id }) => id !== correction.id);
  const corrections = [...others, correction].sort((a, b) => a.at - b.at);
  standing.ledger.put(day.id, { ...day, corrections });
  standing.keep({
    kind: 'correction',
    id: correction.id,
    at: correction.at,
    day: of.day,
    place: of.station,
    body: { ...of, ...correction },
  });
}
