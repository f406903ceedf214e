// A site file without mistakes → the Site: ids to maps, text to spans, units into types.
// Nothing is judged here; what could be wrong was told before.
import type {
  Asset,
  Bin,
  Circuit,
  Compound,
  Device,
  Lamp,
  LampHours,
  Scale,
  Station,
} from '../domain/asset.ts';
import type { Kilograms, Litres, Millimetres, Watts } from '../domain/quantity.ts';
import { channelFrom } from './build-channels.ts';
import { noticesFrom } from './build-notices.ts';
import { patrolsFrom } from './build-patrols.ts';
import { ruleFrom } from './build-rule.ts';
import { workFrom } from './build-work.ts';
import { commandOf } from './command.ts';
import { minuteOfDay, spanOf, windowOf } from './hours.ts';
import { durationOf } from './option.ts';
import type { SiteFile } from './schema.ts';
import type { CircuitForm, LampForm, StationForm } from './schema-assets.ts';
import type { DeviceForm } from './schema-devices.ts';
import type { SourceForm } from './schema-sources.ts';
import type { Site, SourceSettings } from './site.ts';

export interface Origin {
  readonly file: string;
  /** The text of a file that was checked to be readable. */
  secret(file: string): string;
}

export function buildSite(file: SiteFile, origin: Origin): Site {
  const compound = compoundOf(file, origin);
  return {
    file: origin.file,
    compound,
    http: file.http,
    store: storeFrom(file),
    ...(file.influx && { influx: influxFrom(file.influx, origin) }),
    homeAssistant: file.homeAssistant,
    sources: file.sources.map((source) => sourceFrom(source, origin)),
    rules: file.rules.map(ruleFrom),
    work: workFrom(file.work, file.buildings),
    patrols: patrolsFrom(file.patrols, { compound, buildings: file.buildings }),
    webhooks: file.webhooks.map(({ secretFile, ...webhook }) => ({
      ...webhook,
      ...(secretFile !== undefined && { secret: origin.secret(secretFile) }),
    })),
    channels: file.channels.map((channel) =>
      channelFrom(channel, { site: file.site.id, secret: origin.secret }),
    ),
    notices: noticesFrom(
      file.notices,
      [...file.channels, ...file.webhooks].map(({ id }) => id),
    ),
    simulated: file.simulated,
  };
}

function storeFrom({ store, site }: SiteFile): Site['store'] {
  const { dir, rawKeep, rawKeepMb, keep, maxMb, sync, ballastMb, waitingMb, giveUpAfter } = store;
  return {
    dir,
    rawKeep: durationOf(rawKeep),
    rawKeepBytes: rawKeepMb * MIB,
    keep: {
      raw: durationOf(keep.raw),
      minute: durationOf(keep.minute),
      hour: durationOf(keep.hour),
      day: durationOf(keep.day),
    },
    maxBytes: maxMb * MIB,
    sync,
    ballastBytes: ballastMb * MIB,
    waitingBytes: waitingMb * MIB,
    giveUpAfter: durationOf(giveUpAfter),
    day: { zone: site.zone, dayStartsAtMinute: minuteOfDay(site.dayStartsAt) ?? 0 },
  };
}

const MIB = 1024 * 1024;

function influxFrom(
  influx: NonNullable<SiteFile['influx']>,
  origin: Origin,
): NonNullable<Site['influx']> {
  const { passwordFile, timeout, ...rest } = influx;
  return {
    ...rest,
    ...(passwordFile !== undefined && { password: origin.secret(passwordFile) }),
    timeout: durationOf(timeout),
  };
}

function sourceFrom(form: SourceForm, origin: Origin): SourceSettings {
  if (form.kind === 'mqtt') {
    const { passwordFile, keepAlive, ...rest } = form;
    return {
      ...rest,
      ...(passwordFile !== undefined && { password: origin.secret(passwordFile) }),
      keepAlive: durationOf(keepAlive),
    };
  }
  if (form.kind !== 'serial') return form;
  const { poll, ...line } = form;
  return poll === undefined
    ? line
    : { ...line, poll: { send: commandOf(poll.send), every: durationOf(poll.every) } };
}

function compoundOf(file: SiteFile, origin: Origin): Compound {
  const { dayStartsAt, ...place } = file.site;
  const decoders = new Map(
    file.sources.map((source) => [source.id, source.kind === 'serial' ? source.decoder : '']),
  );
  return {
    place: { ...place, dayStartsAtMinute: minuteOfDay(dayStartsAt) ?? 0 },
    stations: byId(file.stations.map(stationFrom)),
    assets: byId(assetsOf(file)),
    devices: byId(
      file.devices.map((device) => deviceFrom(device, decoders.get(device.source) ?? '', origin)),
    ),
  };
}

const byId = <T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> =>
  new Map(things.map((thing) => [thing.id, thing]));

const stationFrom = (form: StationForm): Station => ({
  id: form.id,
  name: form.name,
  ...building(form),
  windows: form.windows.map(windowOf),
});

const building = (form: { readonly building?: string }) =>
  form.building === undefined ? {} : { building: form.building };

function assetsOf(file: SiteFile): Asset[] {
  return [
    ...file.stations.flatMap((station) => [
      ...station.bins.map((bin) => binFrom(bin, station.id)),
      ...station.scales.map((scale) => scaleFrom(scale, station.id)),
    ]),
    ...file.circuits.flatMap((circuit) => [
      circuitFrom(circuit),
      ...circuit.lamps.map((lamp) => lampFrom(lamp, circuit)),
    ]),
    ...file.meters.map(({ id, name, ...form }) => ({
      kind: 'meter' as const,
      id,
      name: name ?? id,
      ...building(form),
    })),
  ];
}

function binFrom(form: StationForm['bins'][number], station: string): Bin {
  const { id, name = id, stream, position, volumeL, emptyMm, fullMm, tareKg } = form;
  return {
    kind: 'bin',
    id,
    name,
    station,
    stream,
    position,
    ...(volumeL !== undefined && { volumeL: volumeL as Litres }),
    ...(emptyMm !== undefined && { emptyMm: emptyMm as Millimetres }),
    ...(fullMm !== undefined && { fullMm: fullMm as Millimetres }),
    blindMm: form.blindMm as Millimetres,
    toleranceMm: form.toleranceMm as Millimetres,
    ...(tareKg !== undefined && { tareKg: tareKg as Kilograms }),
  };
}

function scaleFrom(form: StationForm['scales'][number], station: string): Scale {
  const { id, name = id, tareKg } = form;
  const tare = tareKg !== undefined && { tareKg: tareKg as Kilograms };
  return { kind: 'scale', id, name, station, ...tare };
}

const circuitFrom = ({ id, name = id, lamps, ...form }: CircuitForm): Circuit => ({
  kind: 'circuit',
  id,
  name,
  ...building(form),
  lamps: lamps.map((lamp) => lamp.id),
});

const lampFrom = (form: LampForm, circuit: CircuitForm): Lamp => ({
  kind: 'lamp',
  id: form.id,
  name: form.name ?? form.id,
  circuit: circuit.id,
  nominalW: form.nominalW as Watts,
  hours: hoursOf(form, circuit),
});

/** Each word of the lamp's own goes before its circuit's. */
function hoursOf(lamp: LampForm, circuit: CircuitForm): LampHours {
  const lit = lamp.lit ?? circuit.lit ?? 'sun';
  if (lit === 'always') return { by: 'always' };
  if (lit !== 'sun') return { by: 'timetable', spans: lit.map(spanOf) };
  return {
    by: 'sun',
    onOffsetMin: lamp.sunsetOffsetMin ?? circuit.sunsetOffsetMin ?? 0,
    offOffsetMin: lamp.sunriseOffsetMin ?? circuit.sunriseOffsetMin ?? 0,
  };
}

function deviceFrom(form: DeviceForm, sourceDecoder: string, origin: Origin): Device {
  const channels = form.asset === undefined ? Object.entries(form.assets ?? {}) : [];
  return {
    id: form.id,
    source: form.source,
    decoder: form.decoder ?? sourceDecoder,
    decoderOptions: form.options,
    assets: new Map(form.asset === undefined ? channels : [['', form.asset]]),
    every: durationOf(form.every),
    ...(form.topic !== undefined && { topic: form.topic }),
    ...(form.secretFile !== undefined && { secret: origin.secret(form.secretFile) }),
  };
}
