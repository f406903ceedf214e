// Devices: what they name must exist, and no asset's number may come from two mouths.
import { allAssets, type Check, type SecretFile } from './check.ts';
import { type Path, show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import {
  channelSecretsIn,
  devicesIn,
  idsOf,
  listed,
  type Placed,
  sourcesIn,
  webhooksIn,
} from './roster.ts';
import type { SiteDraft } from './schema.ts';
import type { DeviceForm } from './schema-devices.ts';
import type { SourceForm } from './schema-sources.ts';

export const sourceExists: Check = function* (file) {
  const known = idsOf(listed(sourcesIn(file)));
  for (const { form, at } of devicesIn(file)) {
    if (form.source === undefined || known.has(form.source)) continue;
    const what = `unknown source ${show(form.source)}${suggest(form.source, known, 'sources')}`;
    yield { at: [...at, 'source'], what };
  }
};

export const assetExists: Check = function* (file) {
  const known = idsOf(allAssets(file));
  for (const { asset, at } of feedsIn(file)) {
    if (known.has(asset)) continue;
    yield { at, what: `unknown asset ${show(asset)}${suggest(asset, known, 'assets')}` };
  }
};

function suggest(word: string, known: ReadonlySet<string>, kind: string): string {
  if (known.size === 0) return `; this file has no ${kind} yet`;
  return didYouMean(word, known);
}

export const assetOrAssets: Check = function* (file) {
  for (const { form, at } of devicesIn(file)) {
    const hasOne = 'asset' in form;
    const hasMany = 'assets' in form && Object.keys(form.assets ?? { wrong: '' }).length > 0;
    if (hasOne !== hasMany) continue;
    yield hasOne
      ? { at: [...at, 'assets'], what: 'asset and assets; keep one of them' }
      : {
          at: [...at, 'asset'],
          what: 'is missing; write asset, or assets by channel',
          means: 'what the device reports on; example k1-wet, or { wet: k1-wet, dry: k1-dry }',
        };
  }
};

/** Two devices on one channel of one asset: nearly always a copied block. */
export const eachAssetHasOneMouth: Check = function* (file) {
  const first = new Map<string, Feed>();
  for (const feed of feedsIn(file)) {
    const mouth = JSON.stringify([feed.asset, feed.channel]);
    const taken = first.get(mouth);
    if (!taken) first.set(mouth, feed);
    else if (taken.device !== feed.device) {
      yield {
        at: feed.at,
        what: `${show(feed.asset)} is already reported on by device ${show(taken.device ?? '')}`,
        also: { words: 'see', at: taken.at },
        means: 'two devices on one asset need channels of different names under assets',
      };
    }
  }
};

interface Feed {
  readonly device: string | undefined;
  readonly channel: string;
  readonly asset: string;
  readonly at: Path;
}

function feedsIn(file: SiteDraft): Feed[] {
  return devicesIn(file).flatMap(({ form, at }) => {
    const device = form.id;
    const whole: [string, string | undefined, Path] = ['', form.asset, [...at, 'asset']];
    const parts = Object.entries(form.assets ?? {}).map(([channel, asset]): typeof whole => [
      channel,
      asset,
      [...at, 'assets', channel],
    ]);
    return [whole, ...parts].flatMap(([channel, asset, at]) =>
      asset === undefined ? [] : [{ device, channel, asset, at }],
    );
  });
}

export const decoderExists: Check = function* (file, { decoders }) {
  for (const { form, at } of [...sourcesIn(file), ...devicesIn(file)]) {
    const decoder = 'decoder' in form ? form.decoder : undefined;
    if (decoder === undefined || decoders.includes(decoder)) continue;
    const guess = didYouMean(decoder, decoders) || `; there are ${decoders.join(', ')}`;
    yield { at: [...at, 'decoder'], what: `unknown decoder ${show(decoder)}${guess}` };
  }
};

export const deviceHasDecoder: Check = function* (file) {
  for (const { device, source } of deviceLines(file)) {
    if (source.form.kind === 'serial' || 'decoder' in device.form) continue;
    yield {
      at: [...device.at, 'decoder'],
      what: 'is missing; outside a serial line a device says how its messages are read',
      means: 'example courtyard-json',
    };
  }
};

/** A line is cut into frames before anyone knows which device spoke. */
export const lineSpeaksOneDecoder: Check = function* (file) {
  for (const { device, source } of deviceLines(file)) {
    const own = device.form.decoder;
    if (source.form.kind !== 'serial' || own === undefined) continue;
    const line = source.form.decoder;
    if (line === undefined || line === own) continue;
    yield {
      at: [...device.at, 'decoder'],
      what: `${show(own)} differs from ${show(line)}, which the whole line speaks; leave it out`,
      also: { words: 'see', at: [...source.at, 'decoder'] },
    };
  }
};

interface DeviceLine {
  readonly device: Placed<DeviceForm>;
  readonly source: Placed<SourceForm>;
}

function deviceLines(file: SiteDraft): DeviceLine[] {
  const sources = sourcesIn(file).filter(({ form }) => form.kind !== undefined);
  return devicesIn(file).flatMap((device): DeviceLine[] => {
    const source = sources.find(({ form }) => form.id === device.form.source);
    return source && device.form.source !== undefined ? [{ device, source }] : [];
  });
}

export const secretsAreSecret: Check = function* (file, { readSecret }) {
  const named = devicesIn(file).map(({ form, at }) => ({
    name: form.secretFile,
    at: [...at, 'secretFile'],
  }));
  for (const { form, at } of sourcesIn(file)) {
    if (form.kind === 'mqtt') named.push({ name: form.passwordFile, at: [...at, 'passwordFile'] });
  }
  named.push({ name: file.influx?.passwordFile, at: ['influx', 'passwordFile'] });
  for (const { form, at } of webhooksIn(file)) {
    named.push({ name: form.secretFile, at: [...at, 'secretFile'] });
  }
  named.push(...channelSecretsIn(file));
  for (const { name, at } of named) {
    if (name === undefined) continue;
    const what = troubleWith(show(name), readSecret(name));
    if (what !== undefined) yield { at, what, means: 'a secret is read by one user only' };
  }
};

function troubleWith(file: string, found: SecretFile): string | undefined {
  switch (found.kind) {
    case 'secret':
      return undefined;
    case 'missing':
      return `${file} does not exist; write the secret into it, then chmod 600 ${file}`;
    case 'empty':
      return `${file} is empty; write the secret into it`;
    case 'open':
      return `${file} can be read by other users of this machine; run chmod 600 ${file}`;
    case 'unreadable':
      return `${file} cannot be read; the gateway's user must own it`;
  }
}
