// Hours of a rule as the cleaner reads them: 周一至周五 07:00–09:00，节假日除外.
import { WEEKDAYS, type DailySpan, type Weekday } from '../domain/asset.ts';
import type { Hours } from '../domain/rule.ts';

const DAY_WORDS: Record<Weekday, string> = {
  mon: '周一',
  tue: '周二',
  wed: '周三',
  thu: '周四',
  fri: '周五',
  sat: '周六',
  sun: '周日',
};

export function hoursInWords({ spans, holidays, season }: Hours): string {
  const words = [
    ...(season ? [`每年 ${season.from} 至 ${season.to}`] : []),
    ...(holidays === 'only' ? ['法定节假日'] : []),
    ...(spans.length > 0 ? [spans.map(spanInHours).join('、')] : []),
  ];
  const said = words.length > 0 ? words.join(' ') : '每天';
  return holidays === 'never' ? `${said}（法定节假日除外）` : said;
}

const spanInHours = ({ days, fromMinute, toMinute }: DailySpan): string =>
  `${daysInWords(days)} ${timeOf(fromMinute)}–${timeOf(toMinute)}`;

function daysInWords(days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return '每天';
  const places = days.map((day) => WEEKDAYS.indexOf(day));
  const [first = 0] = places;
  const isRun = days.length > 2 && places.every((place, index) => place === first + index);
  if (!isRun) return days.map((day) => DAY_WORDS[day]).join('、');
  return `${DAY_WORDS[days[0] ?? 'mon']}至${DAY_WORDS[days.at(-1) ?? 'sun']}`;
}

const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
