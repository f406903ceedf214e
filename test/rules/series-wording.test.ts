import { expect, it } from 'vitest';
import { WEEKDAYS } from '../../gateway/domain/asset.ts';
import type { Hours, RuleSettings } from '../../gateway/domain/rule.ts';
import { minutes } from '../../gateway/domain/time.ts';
import { hoursInWords } from '../../gateway/rules/hours-wording.ts';
import { ruleInWords } from '../../gateway/rules/wording.ts';
import {
  FLICKERS,
  HOT,
  MAINS,
  OFF_HOURS,
  QUIET,
  SWITCHED,
  TREMBLES,
} from '../fakes/series-rules.ts';
import { BIN_FULL } from '../fakes/small-site.ts';

const LEVELS: RuleSettings = {
  ...SWITCHED,
  quantity: 'net',
  other: { asset: 'k1-scale', quantity: 'net' },
  moreThan: 5,
};

it.each<[RuleSettings, string]>([
  [MAINS, '电压 超出 200 V – 250 V；回到 205 V – 245 V 解除'],
  [HOT, '温度 10 分钟内上升 > 10 °C'],
  [{ ...HOT, side: 'falls', holdFor: minutes(2) }, '温度 10 分钟内下降 > 10 °C，持续 2 分钟'],
  [TREMBLES, '距离 30 分钟内波动（标准差）> 40 mm'],
  [OFF_HOURS, '投放时段外投放 > 0.5 kg；下一投放时段开始解除'],
  [SWITCHED, '开关 与 功率 相差 > 70 %'],
  [LEVELS, '净重 与 k1-scale 相差 > 5 kg'],
  [FLICKERS, 'lamp-out 1 小时内报警 > 3 次'],
  [QUIET, '超过平时间隔的 3 倍无数据'],
  [
    { ...BIN_FULL, clearFor: minutes(5), ends: 'when-seen' },
    '满溢度 > 90 %，持续 10 分钟；降到 70 % 解除；恢复 5 分钟 后解除；确认后才解除',
  ],
  [
    {
      ...BIN_FULL,
      during: {
        spans: [{ days: ['mon', 'tue', 'wed'], fromMinute: 480, toMinute: 1020 }],
        holidays: 'never',
      },
    },
    '满溢度 > 90 %，持续 10 分钟；降到 70 % 解除；仅在 周一至周三 08:00–17:00（法定节假日除外）',
  ],
])('the rule $id in words', (rule, words) => {
  expect(ruleInWords(rule)).toBe(words);
});

const span = { fromMinute: 420, toMinute: 540 } as const;

it.each<[Hours, string]>([
  [{ spans: [], holidays: 'only' }, '法定节假日'],
  [{ spans: [], holidays: 'never' }, '每天（法定节假日除外）'],
  [{ spans: [{ ...span, days: WEEKDAYS }], holidays: 'as-weekdays' }, '每天 07:00–09:00'],
  [
    { spans: [{ ...span, days: ['sat', 'sun'] }], holidays: 'as-weekdays' },
    '周六、周日 07:00–09:00',
  ],
  [
    {
      spans: [
        { ...span, days: ['mon', 'wed', 'fri'] },
        { ...span, days: ['sun'] },
      ],
      holidays: 'only',
    },
    '法定节假日 周一、周三、周五 07:00–09:00、周日 07:00–09:00',
  ],
  [
    { spans: [], holidays: 'as-weekdays', season: { from: '06-01', to: '09-30' } },
    '每年 06-01 至 09-30',
  ],
])('the hours %j in words', (hours, words) => {
  expect(hoursInWords(hours)).toBe(words);
});
