// Grafana's boards as data: every query, and what it names.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../tools.ts';

const BOARDS = path.join(ROOT, 'dashboards/grafana/boards');

export interface Target {
  readonly refId: string;
  readonly query: string;
  readonly rawQuery: boolean;
  readonly datasource: { readonly type: string; readonly uid: string };
}

export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets: readonly Target[];
}

interface Variable {
  readonly name: string;
  readonly query: string;
  readonly datasource: { readonly uid: string };
}

export interface Board {
  readonly file: string;
  readonly uid: string;
  readonly title: string;
  readonly editable: boolean;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
}

export const boards = (): Board[] =>
  readdirSync(BOARDS).map((file) => ({
    file,
    ...(JSON.parse(readFileSync(path.join(BOARDS, file), 'utf8')) as Omit<Board, 'file'>),
  }));

export const targetsOf = (board: Board): { readonly panel: Panel; readonly target: Target }[] =>
  board.panels.flatMap((panel) => panel.targets.map((target) => ({ panel, target })));

/** What a query reads: its measurement, its fields, its tags. */
export function namesIn(query: string): {
  readonly measurement: string;
  readonly fields: readonly string[];
  readonly tags: readonly string[];
} {
  const selected = /^SELECT (.*?) FROM /.exec(query)?.[1] ?? '';
  const rest = query.slice(query.indexOf(' FROM '));
  const quoted = (text: string): string[] =>
    [...text.matchAll(/"([^"]+)"/g)].map((m) => m[1] ?? '');
  const [measurement = '', ...tags] = quoted(rest);
  return { measurement, fields: quoted(selected), tags };
}

/** A query as Grafana sends it, for everything there is in a span. */
export const asSent = (query: string, span: string): string =>
  query
    .replaceAll('$timeFilter', span)
    .replaceAll('$__interval', '1m')
    .replaceAll(/\/\^\$(?:site|asset)\$\//g, '/^.*$/');
