// Grafana's provisioning and boards read as text: every name in a query is one that we write.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { QUANTITIES } from '../../gateway/domain/quantity.ts';
import { ROOT } from '../tools.ts';
import { asSent, boards, namesIn, targetsOf } from './boards.ts';

const provisioned = (file: string): unknown =>
  parse(readFileSync(path.join(ROOT, 'dashboards/grafana/provisioning', file), 'utf8'));
const all = boards();
const FIELDS: readonly string[] = Object.values(QUANTITIES).map(({ field }) => field);
/** Kinds of assets that are copied; a circuit measures nothing itself. */
const KINDS = ['bin', 'scale', 'lamp', 'meter'];

describe('the boards', () => {
  it('are two, each with an address that stays', () => {
    expect(all.map(({ uid }) => uid).sort()).toEqual(['courtyard-devices', 'courtyard-site']);
    expect(all.every(({ editable }) => !editable)).toBe(true);
  });

  it('choose among the sites and assets that there are', () => {
    for (const { templating } of all)
      expect(templating.list.map(({ name }) => name)).toEqual(['site', 'asset']);
  });

  it('no panel lies on another, and each says what it shows', () => {
    for (const { panels } of all) {
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      for (const panel of panels) expect(panel.description).not.toBe('');
      for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    }
  });

  it('hold no address and no secret: those are the environment’s', () => {
    for (const board of all) expect(JSON.stringify(board)).not.toMatch(/https?:|password|token/i);
  });
});

describe.each(all.map((board) => [board.file, board] as const))(
  'every query of %s',
  (_f, board) => {
    const targets = targetsOf(board);

    it('asks the one data source', () => {
      const provisioning = provisioned('datasources/courtyard.yaml') as {
        datasources: { uid: string; type: string }[];
      };
      const [source] = provisioning.datasources;
      for (const { target } of targets)
        expect(target.datasource).toEqual({ type: source?.type, uid: source?.uid });
      for (const variable of board.templating.list)
        expect(variable.datasource.uid).toBe(source?.uid);
    });

    it('reads measurements, fields and tags that the gateway writes', () => {
      const strange = targets.flatMap(({ panel, target }) => {
        const { measurement, fields, tags } = namesIn(target.query);
        return [
          ...(KINDS.includes(measurement) ? [] : [measurement]),
          ...(fields.length > 0 ? [] : ['no field']),
          ...fields.filter((field) => !FIELDS.includes(field)),
          ...tags.filter((tag) => !['asset', 'site'].includes(tag)),
        ].map((name) => `${panel.title}: ${name}`);
      });
      expect(strange).toEqual([]);
      expect(targets.length).toBeGreaterThan(5);
    });

    it('is bounded by the time and the site that were chosen', () => {
      for (const { target } of targets) {
        expect(target.rawQuery).toBe(true);
        expect(target.query).toContain('$timeFilter');
        expect(target.query).toContain('"site" =~ /^$site$/');
        expect(asSent(target.query, 'time > now() - 1h')).not.toContain('$site');
        expect(asSent(target.query, 'time > now() - 1h')).not.toMatch(/\$(?!\/)/);
      }
    });
  },
);

describe('the provisioning', () => {
  it('keeps the boards as they are in the repository', () => {
    const { providers } = provisioned('dashboards/courtyard.yaml') as {
      providers: { allowUiUpdates: boolean; options: { path: string } }[];
    };
    expect(providers).toHaveLength(1);
    expect(providers[0]?.allowUiUpdates).toBe(false);
    const compose = readFileSync(path.join(ROOT, 'docker-compose.yml'), 'utf8');
    expect(compose).toContain(`./dashboards/grafana/boards:${providers[0]?.options.path}:ro`);
    expect(compose).toContain(`${providers[0]?.options.path}/site-overview.json`);
  });
});
