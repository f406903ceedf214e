// docker-compose.yml read as text: its form, and everything that it names.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Static } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { misspoken } from '../cli/spoken.ts';
import { ROOT } from '../tools.ts';
import { ComposeFile } from './compose-form.ts';

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const compose = parse(read('docker-compose.yml')) as Static<typeof ComposeFile>;
const { services } = compose;
const service = (name: string) => {
  const found = services[name];
  if (!found) throw new Error(`no service ${name}`);
  return found;
};
const volumesOf = Object.values(services).flatMap((one) => one.volumes ?? []);

describe('docker-compose.yml', () => {
  it('has the form of the Compose Specification', () => {
    expect(Value.Errors(ComposeFile, compose)).toEqual([]);
  });

  it('a file of another form is found out', () => {
    const wrong = structuredClone(compose) as unknown as { services: { gateway: object } };
    Object.assign(wrong.services.gateway, { restart: 'sometimes', cpu: 1 });
    expect(Value.Errors(ComposeFile, wrong).length).toBeGreaterThan(1);
  });

  it('mounts only what is there', () => {
    const hostPaths = volumesOf.map((volume) => volume.split(':')[0] ?? '');
    const missing = hostPaths
      .filter((host) => host.startsWith('.'))
      .filter((host) => !existsSync(path.join(ROOT, host)));
    expect(missing).toEqual([]);
    const named = hostPaths.filter((host) => !host.startsWith('.'));
    expect(named.sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('runs commands that the gateway knows', async () => {
    for (const name of ['gateway', 'demo']) {
      const { command = [] } = service(name);
      expect(command.length).toBeGreaterThan(0);
      expect(await misspoken(command.join(' '))).toEqual([]);
    }
  });

  it('starts the gateway alone, and the rest only when asked', () => {
    const always = Object.entries(services).filter(([, one]) => one.profiles === undefined);
    expect(always.map(([name]) => name)).toEqual(['gateway']);
    const full = Object.entries(services).filter(([, one]) => one.profiles?.includes('full'));
    expect(full.map(([name]) => name).sort()).toEqual(['grafana', 'influxdb', 'mosquitto']);
  });

  it('lets the gateway out: it listens on loopback, so it shares the host’s network', () => {
    for (const name of ['gateway', 'demo']) {
      expect(service(name).network_mode).toBe('host');
      expect(service(name).ports).toBeUndefined();
    }
  });

  it('publishes the others on loopback only, and no port twice', () => {
    const published = Object.values(services).flatMap((one) => one.ports ?? []);
    expect(published.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
    // The gateway's own two, on the host's network.
    const taken = ['8080', '1883', ...published.map((port) => port.split(':')[1])];
    expect(new Set(taken).size).toBe(taken.length);
    expect(published).toContain('127.0.0.1:8086:8086');
  });

  it('asks every service that stays whether it is well', () => {
    const unasked = Object.entries(services)
      .filter(([, one]) => one.restart !== undefined && one.healthcheck === undefined)
      .map(([name]) => name);
    expect(unasked).toEqual([]);
  });

  it('waits only for services that are there and can be asked', () => {
    for (const one of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(one.depends_on ?? {})) {
        expect(service(name).healthcheck !== undefined || condition !== 'service_healthy').toBe(
          true,
        );
      }
    }
  });

  it('pins every image and holds no password', () => {
    for (const one of Object.values(services)) {
      expect(one.image).not.toMatch(/:latest$/);
      const secrets = Object.entries(one.environment ?? {}).filter(([key]) =>
        /PASSWORD|TOKEN|SECRET/.test(key),
      );
      for (const [, value] of secrets) expect(value).toMatch(/^\$\{\w+:-\}$/);
    }
  });

  it('carries this version', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(service('gateway').image).toBe(`courtyard:${version}`);
  });

  it('gives Grafana what its provisioning asks of the environment', () => {
    const provisioning = read('dashboards/grafana/provisioning/datasources/courtyard.yaml');
    const asked = [...provisioning.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]);
    expect(asked.length).toBeGreaterThan(0);
    const { environment = {} } = service('grafana');
    expect(asked.filter((name) => environment[name ?? ''] === undefined)).toEqual([]);
  });
});
