import { describe, expect, it } from 'vitest';
import { milliseconds, minutes, seconds } from '../../gateway/domain/time.ts';
import {
  amountInWords,
  ruleInWords,
  spanInWords,
  subjectInWords,
} from '../../gateway/rules/wording.ts';
import {
  BIN_FULL,
  CIRCUIT_DOWN,
  COMPOUND,
  LAMP_BY_DAY,
  LAMP_OUT,
  LEAK,
  LINE_LOST,
  RULES,
  SILENT,
  STUCK,
} from '../fakes/small-site.ts';

it.each([
  [BIN_FULL, '满溢度 > 90 %，持续 10 分钟；降到 70 % 解除'],
  [LEAK, '漏电流 > 30 mA；降到 20 mA 解除'],
  [
    { ...BIN_FULL, quantity: 'battery', side: 'below', limit: 3.3, clearAt: 3.4 } as const,
    '电池电压 < 3.3 V，持续 10 分钟；升到 3.4 V 解除',
  ],
  [LAMP_OUT, '应亮未亮，持续 10 分钟'],
  [LAMP_BY_DAY, '应灭未灭，持续 10 分钟'],
  [CIRCUIT_DOWN, '回路中超过 50 % 的灯同时熄灭，持续 1 分钟'],
  [SILENT, '超过 10 分钟 无数据'],
  [LINE_LOST, '线路中断，持续 1 分钟'],
  [STUCK, '距离 1 小时 未变化'],
])('the rule $id in words', (rule, words) => {
  expect(ruleInWords(rule)).toBe(words);
});

it('every rule has words', () => {
  expect(
    RULES.map(ruleInWords).every((words) => words.length > 3 && !words.includes('undefined')),
  ).toBe(true);
});

it.each([
  [0.925, 'fill', '92.5 %'],
  [0.9, 'fill', '90 %'],
  [412.4, 'distance', '412 mm'],
  [28.44, 'power', '28.4 W'],
  [0, 'leak', '0 mA'],
] as const)('%d of %s is %s', (value, quantity, words) => {
  expect(amountInWords(value, quantity)).toBe(words);
});

it.each([
  [milliseconds(0), '0 秒'],
  [seconds(59), '59 秒'],
  [seconds(60), '1 分钟'],
  [seconds(90), '1.5 分钟'],
  [minutes(60), '1 小时'],
  [minutes(90), '1.5 小时'],
])('%i ms is %s', (span, words) => {
  expect(spanInWords(span)).toBe(words);
});

describe('where', () => {
  it.each([
    ['k1-wet', '1号投放点 湿垃圾桶'],
    ['k1-scale', '1号投放点 台秤'],
    ['lamp-1', '1号庭院灯'],
    ['c1', '东路灯回路'],
    ['bins-line', 'bins-line'],
  ])('%s is %s', (subject, words) => {
    expect(subjectInWords(COMPOUND, subject)).toBe(words);
  });
});
