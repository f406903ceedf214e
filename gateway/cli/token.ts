// `courtyard token`: the secrets by which devices show who they are, over HTTP as a bearer token and
// over MQTT as a password. A secret is shown once, when it is made. Where the site file names a
// `secretFile` it is put into that file, and counts from the gateway's next start; otherwise its digest
// goes into the store, by way of the gateway where one runs, and it counts at once (keys.ts).
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Answer } from '../api/desk.ts';
import type { SecretView } from '../api/schemas.ts';
import { DECODERS } from '../decode/index.ts';
import type { Device } from '../domain/asset.ts';
import { Fault } from '../domain/fault.ts';
import { loadSite } from '../site/load.ts';
import { formatMistake } from '../site/mistake.ts';
import type { Site } from '../site/site.ts';
import { newSecret } from '../sources/device-tokens.ts';
import { hasStore, openKeys, type OpenKeys } from './keys.ts';
import { EXIT, type Shell } from './shell.ts';

export interface TokenOptions {
  readonly config: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Whom the log names for what was done here. */
const ACTOR = { by: 'command', role: 'admin' };
const COUNTS = {
  gateway: 'It counts from now on.',
  command: 'It counts from the gateway’s next start.',
};

export async function createToken(
  shell: Shell,
  name: string,
  options: TokenOptions,
): Promise<void> {
  const { site, device } = named(shell, name, options.config);
  if (!site || !device) return;
  if (device.secret !== undefined) return createInFile(shell, device, options);
  await withKeys(site, async ({ keys, by }) => {
    const ask = { device: name, replace: options.force === true, actor: ACTOR };
    const made = grantedOr(shell, await keys.makeSecret(ask));
    if (!made) return shell.complain('With --force a new one is made, and the old one ends.');
    if (options.json === true) return shell.say(JSON.stringify(made));
    shell.say(made.token);
    shell.complain(`Shown this once. ${COUNTS[by]} Nobody speaks for ${name} without it.`);
    shell.complain(`Over MQTT it is the password; user name and client id are ${name}.`);
  });
}

export async function listTokens(shell: Shell, options: TokenOptions): Promise<void> {
  const site = siteIn(shell, options.config);
  if (!site) return;
  const stored = new Map<string, SecretView>();
  if (hasStore(site)) {
    await withKeys(site, async ({ keys }) => {
      for (const one of await keys.secrets()) stored.set(one.device, one);
    });
  }
  const list = [...site.compound.devices.values()].map((device) => ({
    device: device.id,
    source: device.source,
    ...(device.secret !== undefined && { secretFile: device.secret }),
    token: standingOf(device, options.config, stored.get(device.id)),
  }));
  if (options.json === true) return shell.say(JSON.stringify(list));
  for (const { device, source, token } of list) shell.say(`${device}  ${source}  ${token}`);
}

export async function revokeToken(
  shell: Shell,
  name: string,
  options: TokenOptions,
): Promise<void> {
  const { site, device } = named(shell, name, options.config);
  if (!site || !device) return;
  if (device.secret !== undefined) return revokeInFile(shell, device, options);
  await withKeys(site, async ({ keys, by }) => {
    const revoked = grantedOr(shell, await keys.revokeSecret({ device: name, actor: ACTOR }));
    if (!revoked) return;
    if (options.json === true) return shell.say(JSON.stringify(revoked));
    const until = `nobody speaks for it until \`courtyard token create ${name}\``;
    shell.say(`The token of ${name} is void; ${until}. ${COUNTS[by]}`);
  });
}

async function withKeys(site: Site, use: (open: OpenKeys) => Promise<void>): Promise<void> {
  const open = await openKeys(site);
  try {
    await use(open);
  } finally {
    await open.close();
  }
}

function grantedOr<T>(shell: Shell, answer: Answer<T>): T | undefined {
  if (answer.ok) return answer.value;
  shell.complain(`${answer.detail}.`);
  shell.leave(EXIT.usage);
  return undefined;
}

function createInFile(shell: Shell, device: Device, options: TokenOptions): void {
  const file = fileOf(device, options.config);
  if (existsSync(file) && options.force !== true) {
    shell.complain(`${file} is there already; --force makes a new token and ends the old one.`);
    return shell.leave(EXIT.usage);
  }
  const token = newSecret();
  writeSecret(file, token);
  if (options.json === true) return shell.say(JSON.stringify({ device: device.id, token, file }));
  shell.say(token);
  shell.complain(`Written to ${file}, mode 0600, and shown this once. ${COUNTS.command}`);
}

/** The file stays, with a secret that nobody has seen: the site file goes on naming it. */
function revokeInFile(shell: Shell, device: Device, options: TokenOptions): void {
  const file = fileOf(device, options.config);
  if (!existsSync(file)) {
    shell.complain(`${device.id} has no token.`);
    return shell.leave(EXIT.fault);
  }
  writeSecret(file, newSecret());
  if (options.json === true) return shell.say(JSON.stringify({ device: device.id, file }));
  shell.say(`The token of ${device.id} is void. ${COUNTS.command}`);
}

/** Whole or not at all, and never readable by others, not even for a moment. */
function writeSecret(file: string, secret: string): void {
  const draft = `${file}.new`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${secret}\n`, { mode: 0o600, flush: true });
    renameSync(draft, file);
  } catch (error) {
    throw new Fault('config-unwritable', `writing ${file}: ${(error as Error).message}`, error);
  }
}

function standingOf(device: Device, config: string, stored: SecretView | undefined): string {
  if (device.secret === undefined) return stored?.state ?? 'none';
  return existsSync(fileOf(device, config)) ? 'file' : 'missing';
}

/** Of a device whose site was read by `siteIn`: its secret is the name of its file. */
const fileOf = (device: Device, config: string): string =>
  path.resolve(path.dirname(config), device.secret ?? '');

function named(
  shell: Shell,
  name: string,
  config: string,
): { readonly site?: Site | undefined; readonly device?: Device | undefined } {
  const site = siteIn(shell, config);
  const device = site?.compound.devices.get(name);
  if (site && !device) {
    shell.complain(`There is no device ${name} in ${config}.`);
    shell.leave(EXIT.usage);
  }
  return { site, device };
}

/** Secrets are not read, for they may still be missing: the name of its file stands for each. */
function siteIn(shell: Shell, file: string): Site | undefined {
  const { site, mistakes = [] } = loadSite(textOf(file), {
    file,
    decoders: DECODERS.map((decoder) => decoder.name),
    readSecret: (name) => ({ kind: 'secret', text: name }),
  });
  for (const mistake of mistakes) shell.complain(formatMistake(mistake));
  if (!site) shell.leave(EXIT.usage);
  return site;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault('config-unreadable', `reading ${file}: ${(error as Error).message}`, error);
  }
}
