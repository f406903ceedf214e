// The two halves of the flow, on either side of the log: what a live gateway and a replay share.
import { decoderNamed } from '../decode/index.ts';
import type { Standing } from '../domain/standing.ts';
import { createFold, type Fold } from '../flow/fold.ts';
import { createIntake } from '../flow/intake.ts';
import { createStep } from '../flow/step.ts';
import type { Tally } from '../flow/tally.ts';
import type { SourceSettings } from '../site/site.ts';
import type { Intake } from '../sources/source.ts';
import type { Store } from '../store/log.ts';
import { RESEND_WITHIN } from '../validate/duplicate.ts';
import { createJudge } from '../validate/judge.ts';
import type { AppOptions } from './options.ts';

export async function buildIntake(parts: {
  readonly options: Pick<AppOptions, 'site' | 'clock'>;
  readonly store: Store;
  readonly tally: Tally;
  readonly onFault: (fault: unknown) => void;
}): Promise<Intake> {
  const { options, store, tally, onFault } = parts;
  const { site, clock } = options;
  const judge = createJudge({ compound: site.compound });
  judge.remember(await store.log.recent(RESEND_WITHIN), clock.now());
  const decoders = new Map(site.sources.map((source) => [source.id, decoderOf(source)]));
  return createIntake({
    compound: site.compound,
    decoderOf: (source) => decoders.get(source),
    decoderNamed,
    judge,
    log: store.log,
    clock,
    tally,
    onFault,
  });
}

const decoderOf = (source: SourceSettings): string =>
  source.kind === 'serial' ? source.decoder : 'courtyard-json';

export function buildFold(parts: {
  readonly options: Pick<AppOptions, 'site' | 'clock'>;
  readonly store: Store;
  readonly standing: Standing;
  readonly from: number;
  readonly onChange: () => void;
  readonly onFault: (fault: unknown) => void;
}): Fold {
  const { options, store, standing, from, onChange, onFault } = parts;
  const { compound, rules, sources } = options.site;
  const step = createStep(
    { compound, rules, sources: sources.map((source) => source.id) },
    standing,
  );
  return createFold({
    log: store.log,
    store: store.step,
    clock: options.clock,
    standing,
    step,
    from,
    onChange,
    onFault,
  });
}
