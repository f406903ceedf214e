// A day or a week in a few lines, for managers. Pure: the figures are found elsewhere.
import type { Severity } from '../../domain/alarm.ts';
import { TEAMS, type Team } from '../../domain/ticket.ts';
import type { DigestKind, Tongue } from '../../domain/reader.ts';
import type { LocalDay } from '../../domain/day.ts';

export interface StreamFigure {
  readonly kg: number;
  /** Share of the time in which it was measured, 0–1. */
  readonly completeness: number;
  /** On the comparable days of last year; absent: nobody knows. */
  readonly lastYearKg?: number;
}

export interface TeamFigure {
  readonly opened: number;
  readonly closed: number;
  /** Open and late at the time of writing. */
  readonly overdue: number;
}

export interface DigestFigures {
  /** Absent: nothing was measured or read in. */
  readonly wet?: StreamFigure;
  readonly dry?: StreamFigure;
  readonly teams: Readonly<Partial<Record<Team, TeamFigure>>>;
  readonly alarms: Readonly<Record<Severity, number>>;
  readonly lost: number;
  /** Dumped, as people counted; absent: nobody counted. */
  readonly bags?: number;
}

export interface DigestHead {
  readonly kind: DigestKind;
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly place: string;
}

export function digestText(
  tongue: Tongue,
  head: DigestHead,
  figures: DigestFigures,
): { readonly title: string; readonly lines: readonly string[] } {
  return tongue === 'zh' ? inChinese(head, figures) : inEnglish(head, figures);
}

const spanOf = ({ from, to }: DigestHead): string => (from === to ? from : `${from} – ${to}`);
const round = (kg: number): string => kg.toFixed(kg < 100 ? 1 : 0);
const percent = (share: number): string => `${Math.round(100 * share)}%`;

function change({ kg, lastYearKg }: StreamFigure): string | undefined {
  if (lastYearKg === undefined || lastYearKg <= 0) return undefined;
  const share = Math.round((100 * (kg - lastYearKg)) / lastYearKg);
  return `${share > 0 ? '+' : ''}${share}%`;
}

const TEAMS_ZH: Readonly<Record<Team, string>> = {
  cleaners: '保洁',
  engineers: '工程',
  stewards: '楼长',
  managers: '物业',
};

function inChinese(head: DigestHead, { wet, dry, teams, alarms, lost, bags }: DigestFigures) {
  const stream = (name: string, figure: StreamFigure | undefined): string => {
    if (!figure) return `${name}：没有数据`;
    const ratio = change(figure);
    const before = ratio === undefined ? '去年同期无数据' : `比去年同期 ${ratio}`;
    return `${name}：${round(figure.kg)} kg，${before}，数据完整 ${percent(figure.completeness)}`;
  };
  const work = TEAMS.flatMap((team) => {
    const figure = teams[team];
    if (!figure) return [];
    const { opened, closed, overdue } = figure;
    return [`${TEAMS_ZH[team]}：新工单 ${opened}，办结 ${closed}，超时 ${overdue}`];
  });
  return {
    title: `[${head.kind === 'daily' ? '日报' : '周报'}] ${head.place} ${spanOf(head)}`,
    lines: [
      stream('湿垃圾', wet),
      stream('干垃圾', dry),
      ...(work.length > 0 ? work : ['没有工单']),
      `告警：高 ${alarms.high}，中 ${alarms.medium}，低 ${alarms.low}`,
      lost === 0 ? '数据：0 丢失' : `数据：丢失 ${lost} 条，见接入页`,
      ...(bags === undefined ? [] : [`落地垃圾：${bags} 袋`]),
    ],
  };
}

function inEnglish(head: DigestHead, { wet, dry, teams, alarms, lost, bags }: DigestFigures) {
  const stream = (name: string, figure: StreamFigure | undefined): string => {
    if (!figure) return `${name}: no figures`;
    const ratio = change(figure);
    const before = ratio === undefined ? 'none from last year' : `${ratio} on last year`;
    return `${name}: ${round(figure.kg)} kg, ${before}, ${percent(figure.completeness)} complete`;
  };
  const work = TEAMS.flatMap((team) => {
    const figure = teams[team];
    if (!figure) return [];
    const { opened, closed, overdue } = figure;
    return [`${team}: ${opened} new tickets, ${closed} closed, ${overdue} overdue`];
  });
  return {
    title: `[${head.kind === 'daily' ? 'Daily' : 'Weekly'}] ${head.place} ${spanOf(head)}`,
    lines: [
      stream('wet', wet),
      stream('dry', dry),
      ...(work.length > 0 ? work : ['no tickets']),
      `alarms: ${alarms.high} high, ${alarms.medium} medium, ${alarms.low} low`,
      lost === 0 ? 'data: 0 lost' : `data: ${lost} lost, see the intake page`,
      ...(bags === undefined ? [] : [`bags found dumped: ${bags}`]),
    ],
  };
}
