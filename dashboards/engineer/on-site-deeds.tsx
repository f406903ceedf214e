// What whoever keeps the hardware does at a place: re-tare, another container, other hardware, out of
// service and back. The gateway checks each; a refusal is said in the dialog, and what was typed stays.
import { useState } from 'preact/hooks';
import type { AssetView, PlaceView } from '../../gateway/api/schemas.ts';
import { tell } from '../shared/gateway.ts';
import type { Words } from '../shared/words.ts';
import { bodyOfDeed, deedsFor, isReady, OPERATION, type Deed, type Filled } from './deeds.ts';
import { DeedFields } from './deed-fields.tsx';
import { Sheet } from './sheet.tsx';
import { mayDo, type Sight } from './sight.ts';
import { useIntent } from './use-intent.ts';

interface OnSiteDeedsProps {
  readonly asset: AssetView;
  readonly place: PlaceView;
  readonly sight: Sight;
  readonly onDone: () => void;
}

export function OnSiteDeeds({ asset, place, sight, onDone }: OnSiteDeedsProps) {
  const { words } = sight;
  const doing = useDeed({ asset, place, sight, onDone });
  const deeds = deedsFor(asset, place).filter((deed) => mayDo(sight, OPERATION[deed]));
  if (deeds.length === 0) return null;
  return (
    <div class="deeds">
      {deeds.map((deed) => (
        <button
          key={deed}
          type="button"
          class="button"
          disabled={sight.reachable === 'no'}
          onClick={() => doing.begin(deed)}
        >
          {words.onSite.action[deed]}
        </button>
      ))}
      <p class="deeds__said" role="status">
        {doing.said}
      </p>
      {doing.open && (
        <DeedSheet deed={doing.open} doing={doing} asset={asset} place={place} words={words} />
      )}
    </div>
  );
}

interface DeedSheetProps extends Pick<OnSiteDeedsProps, 'asset' | 'place'> {
  readonly deed: Deed;
  readonly doing: ReturnType<typeof useDeed>;
  readonly words: Words;
}

function DeedSheet({ deed, doing, asset, place, words }: DeedSheetProps) {
  const { intent, filled } = doing;
  return (
    <Sheet
      title={words.onSite.action[deed]}
      verb={words.onSite.action[deed]}
      ready={isReady(deed, filled) ? 'yes' : 'no'}
      busy={intent.busy}
      notice={intent.notice}
      changes={[]}
      standing="offered"
      words={words}
      onClose={doing.close}
      onSend={() => doing.send(deed)}
    >
      <p class="dialog__about">
        {asset.name} · {words.onSite.ask[deed]}
      </p>
      <DeedFields deed={deed} place={place} filled={filled} words={words} onFill={doing.fill} />
    </Sheet>
  );
}

function useDeed({ asset, place, sight, onDone }: OnSiteDeedsProps) {
  const { words } = sight;
  const [open, setOpen] = useState<Deed>();
  const [filled, setFilled] = useState<Filled>({});
  const [said, setSaid] = useState('');
  const intent = useIntent(sight, []);
  const close = (): void => {
    intent.forget();
    setOpen(undefined);
  };
  return {
    open,
    filled,
    said,
    intent,
    close,
    fill: (change: Filled): void => setFilled({ ...filled, ...change }),
    begin(deed: Deed): void {
      intent.form(deed);
      setFilled({ weigh: place.settledGrossKg === undefined ? 'typed' : 'now' });
      setSaid('');
      setOpen(deed);
    },
    send(deed: Deed): void {
      if (!intent.now) return;
      const path = `/api/v1/assets/${encodeURIComponent(asset.id)}/${deed}`;
      void intent.send<PlaceView>({
        of: intent.now,
        ask: (key) => tell({ path, body: bodyOfDeed(deed, filled), key }),
        onDone() {
          close();
          setSaid(`${words.onSite.action[deed]} · ${words.onSite.done}`);
          onDone();
        },
        onRefused: onDone,
      });
    },
  };
}
