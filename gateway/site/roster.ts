// Who is in a site file, and where each stands: what the checks go through.
import type { AssetKind } from '../domain/asset.ts';
import type { Path } from './mistake.ts';
import type { Draft, SiteDraft } from './schema.ts';
import type { CircuitForm, LampForm, MeterForm, StationForm } from './schema-assets.ts';
import type { ChannelForm } from './schema-channels.ts';
import type { DeviceForm } from './schema-devices.ts';
import type { PatrolForm } from './schema-patrols.ts';
import type { ReaderForm } from './schema-notices.ts';
import type { RuleForm } from './schema-rules.ts';
import type { SourceForm } from './schema-sources.ts';
import type { WebhookForm } from './schema-webhooks.ts';
import type { BuildingForm } from './schema-work.ts';

export interface Placed<Form> {
  readonly form: Draft<Form>;
  readonly at: Path;
}

export interface Listed {
  readonly id: string;
  readonly at: Path;
}

type BinForm = StationForm['bins'][number];

const placed = <Form>(forms: readonly Draft<Form>[] | undefined, at: Path): Placed<Form>[] =>
  (forms ?? []).map((form, index) => ({ form, at: [...at, index] }));

export const stationsIn = (file: SiteDraft): Placed<StationForm>[] =>
  placed<StationForm>(file.stations, ['stations']);
export const circuitsIn = (file: SiteDraft): Placed<CircuitForm>[] =>
  placed<CircuitForm>(file.circuits, ['circuits']);
export const metersIn = (file: SiteDraft): Placed<MeterForm>[] =>
  placed<MeterForm>(file.meters, ['meters']);
export const buildingsIn = (file: SiteDraft): Placed<BuildingForm>[] =>
  placed<BuildingForm>(file.buildings, ['buildings']);
export const sourcesIn = (file: SiteDraft): Placed<SourceForm>[] =>
  placed<SourceForm>(file.sources, ['sources']);
export const devicesIn = (file: SiteDraft): Placed<DeviceForm>[] =>
  placed<DeviceForm>(file.devices, ['devices']);
export const rulesIn = (file: SiteDraft): Placed<RuleForm>[] =>
  placed<RuleForm>(file.rules, ['rules']);
export const webhooksIn = (file: SiteDraft): Placed<WebhookForm>[] =>
  placed<WebhookForm>(file.webhooks, ['webhooks']);
export const channelsIn = (file: SiteDraft): Placed<ChannelForm>[] =>
  placed<ChannelForm>(file.channels, ['channels']);

/** The files that channels name, each with its place. */
export const channelSecretsIn = (file: SiteDraft) =>
  channelsIn(file).flatMap(({ form, at }) =>
    Object.entries(form).flatMap(([key, name]) =>
      CHANNEL_FILES.has(key) && typeof name === 'string' ? [{ name, at: [...at, key] }] : [],
    ),
  );

const CHANNEL_FILES = new Set(['urlFile', 'secretFile', 'passwordFile']);
export const readersIn = (file: SiteDraft): Placed<ReaderForm>[] =>
  placed<ReaderForm>(file.notices?.readers, ['notices', 'readers']);

export const patrolsIn = (file: SiteDraft): Placed<PatrolForm>[] =>
  placed<PatrolForm>(file.patrols, ['patrols']);
export const patrolPlacesIn = (file: SiteDraft): Placed<PatrolForm['places'][number]>[] =>
  patrolsIn(file).flatMap(({ form, at }) =>
    placed<PatrolForm['places'][number]>(form.places, [...at, 'places']),
  );

export const binsIn = (file: SiteDraft): Placed<BinForm>[] =>
  stationsIn(file).flatMap(({ form, at }) => placed<BinForm>(form.bins, [...at, 'bins']));
export const lampsIn = (file: SiteDraft): Placed<LampForm>[] =>
  circuitsIn(file).flatMap(({ form, at }) => placed<LampForm>(form.lamps, [...at, 'lamps']));

/** All that has a usable id. */
export const listed = (things: readonly Placed<{ id: string }>[]): Listed[] =>
  things.flatMap(({ form, at }) => (typeof form.id === 'string' ? [{ id: form.id, at }] : []));

/** Ids of one kind of asset, with double ones. */
export function assetsOf(kind: AssetKind, file: SiteDraft): Listed[] {
  switch (kind) {
    case 'bin':
      return listed(binsIn(file));
    case 'scale':
      return listed(
        stationsIn(file).flatMap(({ form, at }) => placed(form.scales, [...at, 'scales'])),
      );
    case 'lamp':
      return listed(lampsIn(file));
    case 'circuit':
      return listed(circuitsIn(file));
    case 'meter':
      return listed(metersIn(file));
  }
}

export const idsOf = (things: readonly Listed[]): ReadonlySet<string> =>
  new Set(things.map((thing) => thing.id));
