// A rule in words, as the cleaner and the engineer read it beside an alarm.
// The screens phrase their English from the rule's fields; what is stored speaks the compound's language.
import type { Asset, Compound } from '../domain/asset.ts';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { Duration } from '../domain/time.ts';

const QUANTITY_WORDS: Partial<Record<Quantity, string>> = {
  distance: '距离',
  fill: '满溢度',
  gross: '毛重',
  net: '净重',
  power: '功率',
  voltage: '电压',
  current: '电流',
  leak: '漏电流',
  lux: '照度',
  temperature: '温度',
  battery: '电池电压',
  batteryLevel: '电量',
  volume: '水量',
  flow: '流量',
};

/** 满溢度 > 90 % 持续 10 分钟, 低于 70 % 解除 */
export function ruleInWords(rule: RuleSettings): string {
  const held = rule.holdFor > 0 ? `，持续 ${spanInWords(rule.holdFor)}` : '';
  switch (rule.kind) {
    case 'threshold': {
      const sign = rule.side === 'above' ? '>' : '<';
      const back = rule.side === 'above' ? '降到' : '升到';
      const limit = amountInWords(rule.limit, rule.quantity);
      const clear = amountInWords(rule.clearAt, rule.quantity);
      return `${QUANTITY_WORDS[rule.quantity] ?? rule.quantity} ${sign} ${limit}${held}；${back} ${clear} 解除`;
    }
    case 'silence':
      return `超过 ${spanInWords(rule.silentFor)} 无数据${held}`;
    case 'stuck':
      return `${QUANTITY_WORDS[rule.quantity] ?? rule.quantity} ${spanInWords(rule.unchangedFor)} 未变化${held}`;
    case 'lamp':
      return `${rule.should === 'on' ? '应亮未亮' : '应灭未灭'}${held}`;
    case 'most-of':
      return `回路中超过 ${Math.round(rule.share * 100)} % 的灯同时熄灭${held}`;
    case 'link':
      return `线路中断${held}`;
  }
}

/** 92 % for a fill, 412 mm for a distance. */
export function amountInWords(value: number, quantity: Quantity): string {
  const { unit, decimals } = QUANTITIES[quantity];
  if (unit === 'ratio') return `${Math.round(value * 1000) / 10} %`;
  return `${Number(value.toFixed(decimals))} ${unit}`;
}

export function spanInWords(span: Duration): string {
  if (span >= 3_600_000) return `${round(span / 3_600_000)} 小时`;
  if (span >= 60_000) return `${round(span / 60_000)} 分钟`;
  return `${round(span / 1000)} 秒`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** 1号投放点 2号桶; a device or source by its id. */
export function subjectInWords(compound: Compound, subject: string): string {
  const asset = compound.assets.get(subject);
  return asset ? placeInWords(compound, asset) : subject;
}

function placeInWords(compound: Compound, asset: Asset): string {
  if (asset.kind !== 'bin' && asset.kind !== 'scale') return asset.name;
  const station = compound.stations.get(asset.station)?.name ?? asset.station;
  return asset.name.startsWith(station) ? asset.name : `${station} ${asset.name}`;
}
