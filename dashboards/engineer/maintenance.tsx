// What people are at work on: marked where it stands, begun with a reason and perhaps an end, ended by
// whoever may. Meanwhile it is watched on, and nobody is told of it.
import { useState } from 'preact/hooks';
import type { AssetView, MaintenanceView } from '../../gateway/api/schemas.ts';
import { tell } from '../shared/gateway.ts';
import { useAsked } from '../shared/use-asked.ts';
import { ActionDialog } from './action-dialog.tsx';
import { bodyOf, fieldsOf } from './action-fields.ts';
import { mayDo, type Sight } from './sight.ts';
import { useIntent, type Intent } from './use-intent.ts';

const ASK_AGAIN_MS = 30_000;

export interface Upkeep {
  readonly of: (asset: string) => MaintenanceView | undefined;
  /** maintain, release, or neither where it is not theirs to ask for. */
  readonly mayOn: (asset: string) => 'maintain' | 'release' | undefined;
  readonly begin: (asset: AssetView) => void;
  readonly asking:
    | { readonly asset: AssetView; readonly action: 'maintain' | 'release' }
    | undefined;
  readonly intent: Intent;
  readonly send: (filled: Readonly<Record<string, string>>) => void;
  readonly close: () => void;
}

export function useMaintenance(sight: Sight): Upkeep {
  const [again, setAgain] = useState(0);
  const [asking, setAsking] = useState<Upkeep['asking']>();
  const round = Math.floor(sight.now / ASK_AGAIN_MS) + again;
  const path = mayDo(sight, 'listMaintenance') ? '/api/v1/maintenance' : undefined;
  const asked = useAsked<MaintenanceView[]>(path, round);
  const works = new Map((asked?.ok ? asked.value : []).map((work) => [work.asset, work]));
  const intent = useIntent(sight, []);
  const mayOn: Upkeep['mayOn'] = (asset) => {
    const action = works.has(asset) ? 'release' : 'maintain';
    return mayDo(sight, `${action}Asset`) ? action : undefined;
  };
  return {
    of: (asset) => works.get(asset),
    mayOn,
    begin(asset) {
      const action = mayOn(asset.id);
      if (!action) return;
      intent.form(action);
      setAsking({ asset, action });
    },
    asking,
    intent,
    send(filled) {
      if (!asking || !intent.now) return;
      const { asset, action } = asking;
      const body = bodyOf(fieldsOf(action) ?? [], filled, sight.now);
      const end = action === 'release' ? '/end' : '';
      const of = `/api/v1/assets/${encodeURIComponent(asset.id)}/maintenance${end}`;
      void intent.send<MaintenanceView>({
        of: intent.now,
        ask: (key) => tell({ path: of, body, key }),
        onDone() {
          setAsking(undefined);
          intent.forget();
          setAgain(again + 1);
        },
        onRefused: () => setAgain(again + 1),
      });
    },
    close() {
      setAsking(undefined);
      intent.forget();
    },
  };
}

export function MaintenanceDialog({ upkeep, sight }: { upkeep: Upkeep; sight: Sight }) {
  const { asking, intent, send, close } = upkeep;
  if (!asking) return null;
  const { words } = sight;
  const say = words.work.maintenance;
  const verb = asking.action === 'maintain' ? say.begin : say.end;
  return (
    <ActionDialog
      title={verb}
      about={`${asking.asset.name} · ${say.note}`}
      fields={fieldsOf(asking.action) ?? []}
      around={{
        tickets: [],
        end: say.field,
        longest: { hours: Infinity, words: words.work.maintainLongest },
      }}
      busy={intent.busy}
      notice={intent.notice}
      changes={[]}
      standing="offered"
      words={words}
      onSend={send}
      onClose={close}
    />
  );
}

interface UpkeepProps {
  readonly asset: AssetView;
  readonly upkeep: Upkeep;
  readonly sight: Sight;
}

/** That people are at work on it, who, why and until when. */
export function UpkeepMark({ asset, upkeep, sight: { words, format, now } }: UpkeepProps) {
  const work = upkeep.of(asset.id);
  if (!work) return null;
  const say = words.work.maintenance;
  const at = (moment: string): string => format.moment(Date.parse(moment), now);
  return (
    <p class="upkeep">
      <b>⚙ {say.under}</b> <bdi>{work.reason}</bdi>
      {[say.byWho(work.by, at(work.since)), work.until && say.until(at(work.until))]
        .filter(Boolean)
        .map((words) => ` · ${words}`)}
    </p>
  );
}

export function UpkeepButton({ asset, upkeep, sight }: UpkeepProps) {
  const { words, reachable } = sight;
  const action = upkeep.mayOn(asset.id);
  if (!action) return null;
  const say = words.work.maintenance;
  const verb = action === 'maintain' ? say.begin : say.end;
  return (
    <button
      type="button"
      class="button button--small"
      title={verb}
      aria-label={`${verb} ${asset.name}`}
      disabled={reachable === 'no'}
      onClick={() => upkeep.begin(asset)}
    >
      ⚙{action === 'release' && ` ${verb}`}
    </button>
  );
}
