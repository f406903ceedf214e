// `courtyard token`: the secrets by which devices show who they are, over HTTP as a bearer token and
// over MQTT as a password. Each is a file of the gateway's user alone, named by `secretFile` in the
// site file: the one place where a device's secret lives, so there is no second list to go stale.
// A secret is shown once, when it is made. The gateway reads it at its next start.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DECODERS } from '../decode/index.ts';
import type { Device } from '../domain/asset.ts';
import { Fault } from '../domain/fault.ts';
import { loadSite } from '../site/load.ts';
import { formatMistake } from '../site/mistake.ts';
import type { Site } from '../site/site.ts';
import { EXIT, type Shell } from './shell.ts';

export interface TokenOptions {
  readonly config: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const BITS = 128;
const RESTART = 'It counts from the gateway’s next start.';

export function createToken(shell: Shell, name: string, options: TokenOptions): void {
  const device = deviceNamed(shell, name, options.config);
  if (!device) return;
  const { file, isNamed } = secretOf(device, options.config);
  if (existsSync(file) && options.force !== true) {
    shell.complain(`${file} is there already; --force makes a new token and ends the old one.`);
    return shell.leave(EXIT.usage);
  }
  const token = newSecret();
  writeSecret(file, token);
  const line = isNamed
    ? undefined
    : `secretFile: ./${path.relative(folderOf(options.config), file)}`;
  if (options.json === true) {
    return shell.say(JSON.stringify({ device: name, token, file, ...(line && { line }) }));
  }
  shell.say(token);
  shell.complain(`Written to ${file}, mode 0600, and shown this once. ${RESTART}`);
  if (line) shell.complain(`Add to device ${name} in ${options.config}:  ${line}`);
}

export function listTokens(shell: Shell, options: TokenOptions): void {
  const site = siteIn(shell, options.config);
  if (!site) return;
  const list = [...site.compound.devices.values()].map((device) => ({
    device: device.id,
    source: device.source,
    ...(device.secret !== undefined && { secretFile: device.secret }),
    token: standingOf(device, options.config),
  }));
  if (options.json === true) return shell.say(JSON.stringify(list));
  for (const { device, source, token } of list) shell.say(`${device}  ${source}  ${token}`);
}

/** The file stays, with a secret that nobody has seen: the site file goes on naming it. */
export function revokeToken(shell: Shell, name: string, options: TokenOptions): void {
  const device = deviceNamed(shell, name, options.config);
  if (!device) return;
  const { file } = secretOf(device, options.config);
  if (!existsSync(file)) {
    shell.complain(`${name} has no token.`);
    return shell.leave(EXIT.fault);
  }
  writeSecret(file, newSecret());
  if (options.json === true) return shell.say(JSON.stringify({ device: name, file }));
  shell.say(`The token of ${name} is void. ${RESTART}`);
}

const newSecret = (): string => randomBytes(BITS / 8).toString('base64url');

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

function standingOf(device: Device, config: string): 'none' | 'missing' | 'present' {
  if (device.secret === undefined) return 'none';
  return existsSync(secretOf(device, config).file) ? 'present' : 'missing';
}

/** `secretOf` a device whose site was read by `siteIn`: its secret is the name of its file. */
function secretOf(device: Device, config: string): { file: string; isNamed: boolean } {
  const name = device.secret ?? path.join('secrets', device.id);
  return { file: path.resolve(folderOf(config), name), isNamed: device.secret !== undefined };
}

const folderOf = (config: string): string => path.dirname(config);

function deviceNamed(shell: Shell, name: string, config: string): Device | undefined {
  const site = siteIn(shell, config);
  const device = site?.compound.devices.get(name);
  if (site && !device) {
    shell.complain(`There is no device ${name} in ${config}.`);
    shell.leave(EXIT.usage);
  }
  return device;
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
