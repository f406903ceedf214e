// The two halves of the flow, on either side of the log: what a live gateway and a replay share.
import { decoderNamed } from '../decode/index.ts';
import { seconds } from '../domain/time.ts';
import type { Notice } from '../domain/notice.ts';
import type { Standing } from '../domain/standing.ts';
import type { ClockKeeping } from '../flow/clock/clock-keeping.ts';
import { createFold, type Fold } from '../flow/fold.ts';
import { createIntake, type WayIn } from '../flow/intake.ts';
import { createPressure, limitsOf } from '../flow/pressure.ts';
import { createStep, type StepSite } from '../flow/step.ts';
import type { Tally } from '../flow/tally.ts';
import type { ChannelSettings, Site, SourceSettings } from '../site/site.ts';
import type { Store } from '../store/log.ts';
import { RESEND_WITHIN } from '../validate/duplicate.ts';
import { createJudge } from '../validate/judge.ts';
import type { AppOptions } from './options.ts';

export async function buildIntake(parts: {
  readonly options: Pick<AppOptions, 'site' | 'clock'>;
  readonly store: Store;
  readonly tally: Tally;
  readonly keeping?: ClockKeeping | undefined;
  readonly onFault: (fault: unknown) => void;
}): Promise<WayIn> {
  const { options, store, tally, keeping, onFault } = parts;
  const { site, clock } = options;
  const judge = createJudge({ compound: site.compound });
  judge.remember(await store.log.recent(RESEND_WITHIN), clock.now());
  keeping?.onStep((stepMs) => judge.clockMoved(stepMs));
  const decoders = new Map(site.sources.map((source) => [source.id, decoderOf(source)]));
  return createIntake({
    compound: site.compound,
    decoderOf: (source) => decoders.get(source),
    decoderNamed,
    judge,
    log: store.log,
    clock,
    ...(keeping && { times: keeping }),
    tally,
    pressure: createPressure(clock, limitsOf(site.store.waitingBytes)),
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
  readonly onNotices?: (notices: readonly Notice[]) => void;
  readonly onFault: (fault: unknown) => void;
}): Fold {
  const { options, store, standing } = parts;
  const step = createStep(stepSiteOf(options.site), standing);
  return createFold({
    ...parts,
    log: store.log,
    store: store.step,
    clock: options.clock,
    step,
    ...(options.site.store.sync === 'wear' && { saveWithin: TO_SPARE_THE_CARD }),
  });
}

/** What is saved can be folded again from the log; a card lives longer where it is saved seldom. */
const TO_SPARE_THE_CARD = seconds(5);

/** What the fold knows of the site file. */
export const stepSiteOf = ({
  compound,
  rules,
  sources,
  work,
  patrols,
  webhooks,
  channels,
  notices,
}: Site): StepSite => ({
  compound,
  rules,
  work,
  patrols,
  sources: sources.map(({ id }) => id),
  channels: [...webhooks, ...channels.filter(hearsAlarms)],
  notices,
});

/** People are told letters; programs are told alarms, too, as they come. */
const hearsAlarms = ({ kind }: ChannelSettings): boolean => kind === 'webhook' || kind === 'mqtt';
