// What is asked of the books behind the ledger's figures, answered: corrections, a day opened up, how
// windows were used, and which bin is full next.
import type { Answer, LedgerBookDesk } from '../../api/desk.ts';
import type { CorrectionView } from '../../api/schemas.ts';
import type { CorrectedDay, Correction } from '../../domain/correction.ts';
import { siteDays } from '../../domain/day.ts';
import { usedDays } from '../../review/window-days.ts';
import type { Ask } from '../command.ts';
import type { Commands } from '../commands.ts';
import type { PlacedCorrection } from './ledger-commands.ts';
import { openLedgerDay, type LedgerDayParts } from './ledger-day-desk.ts';
import { spanRefusal, spanOf } from './ledger-desk.ts';
import { correctionView, windowDayView } from './ledger-views.ts';
import { nextBins } from './next-bins.ts';
import type { ViewScene } from '../views.ts';

export interface LedgerBookParts extends Omit<LedgerDayParts, 'compound'> {
  readonly scene: ViewScene;
  readonly commands: Pick<Commands, 'askCorrection' | 'decideCorrection'>;
}

const PAGE = 100;

export function createLedgerBookDesk(parts: LedgerBookParts): LedgerBookDesk {
  const { scene, commands, clock, ledger } = parts;
  const { compound } = scene;
  const days = siteDays(compound.place);
  return {
    corrections: (query) => corrections(parts, query),
    askCorrection: async (ask) =>
      viewed(await commands.askCorrection(compound, { action: 'correct', ...ask })),
    decideCorrection: async ({ id, ...ask }) =>
      viewed(await commands.decideCorrection(id, ask satisfies Ask)),
    ledgerDay: (of) => openLedgerDay({ ...parts, compound }, of),
    async windows({ station, ...query }) {
      const span = spanOf(query, days.at(clock.now()).day, days);
      if (typeof span === 'string') return spanRefusal(span);
      const found = await ledger.days(span.from, span.to);
      const wanted = found.filter((one) => station === undefined || one.station === station);
      return { ok: true, value: usedDays(compound, wanted).map(windowDayView) };
    },
    nextBins: () => nextBins(scene, clock.now()),
  };
}

/** Those that wait are all in mind; the others are found where all that happened is. */
async function corrections(
  { scene, books }: LedgerBookParts,
  query: Parameters<LedgerBookDesk['corrections']>[0],
): Promise<CorrectionView[]> {
  const { state, station, limit = PAGE, offset = 0 } = query;
  if (state === 'pending') {
    return [...scene.standing.ledger.corrected()]
      .flatMap(({ day, stream, station: at, corrections: asked = [] }) =>
        asked.map((one) => ({ day, stream, station: at, ...one })),
      )
      .filter((one) => one.state === 'pending')
      .filter((one) => station === undefined || one.station === station)
      .sort((a, b) => b.at - a.at)
      .slice(offset, offset + limit)
      .map(correctionView);
  }
  const place = station === undefined ? {} : { place: station };
  const found = await books.happenings({ kind: 'correction', ...place, limit, offset });
  return found
    .map(({ body }) => body as unknown as Correction & CorrectedDay)
    .filter((one) => state === undefined || one.state === state)
    .map(correctionView);
}

const viewed = (answer: Answer<PlacedCorrection>): Answer<CorrectionView> =>
  answer.ok ? { ok: true, value: correctionView(answer.value) } : answer;
