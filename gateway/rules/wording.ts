// A rule in words, as the cleaner and the engineer read it beside an alarm.
// The screens phrase their English from the rule's fields; what is stored speaks the compound's language.
import type { Meaning } from '../domain/agreement.ts';
import type { Asset, Compound } from '../domain/asset.ts';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import type { DisagreeRule, RuleSettings } from '../domain/rule.ts';
import { milliseconds, type Duration } from '../domain/time.ts';
import { hoursInWords } from './hours-wording.ts';

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
  on: '开关',
};

/** 满溢度 > 90 % 持续 10 分钟, 低于 70 % 解除 */
export const ruleInWords = (rule: RuleSettings): string =>
  [conditionInWords(rule), ...conductInWords(rule)].join('；');

/** What a rule has of its own beside its condition. */
function conductInWords({ clearFor = NONE, ends, during }: RuleSettings): string[] {
  return [
    ...(clearFor > 0 ? [`恢复 ${spanInWords(clearFor)} 后解除`] : []),
    ...(ends === 'when-seen' ? ['确认后才解除'] : []),
    ...(during ? [`仅在 ${hoursInWords(during)}`] : []),
  ];
}

const NONE = milliseconds(0);

function conditionInWords(rule: RuleSettings): string {
  const held = rule.holdFor > 0 ? `，持续 ${spanInWords(rule.holdFor)}` : '';
  switch (rule.kind) {
    case 'threshold': {
      const sign = rule.side === 'above' ? '>' : '<';
      const back = rule.side === 'above' ? '降到' : '升到';
      const limit = amountInWords(rule.limit, rule.quantity);
      const clear = amountInWords(rule.clearAt, rule.quantity);
      return `${QUANTITY_WORDS[rule.quantity] ?? rule.quantity} ${sign} ${limit}${held}；${back} ${clear} 解除`;
    }
    case 'outside':
      return `${nameOf(rule.quantity)} 超出 ${bandInWords(rule.least, rule.most, rule.quantity)}${held}；回到 ${bandInWords(rule.clearLeast, rule.clearMost, rule.quantity)} 解除`;
    case 'rate': {
      const way = rule.side === 'rises' ? '上升' : '下降';
      return `${nameOf(rule.quantity)} ${spanInWords(rule.within)}内${way} > ${amountInWords(rule.by, rule.quantity)}${held}`;
    }
    case 'noise':
      return `${nameOf(rule.quantity)} ${spanInWords(rule.within)}内波动（标准差）> ${amountInWords(rule.moreThan, rule.quantity)}${held}`;
    case 'off-hours':
      return `投放时段外投放 > ${rule.moreThanKg} kg${held}；下一投放时段开始解除`;
    case 'meaning':
      return `${MEANING_WORDS[rule.meaning]}${held}`;
    case 'disagree':
      return `${nameOf(rule.quantity)} 与 ${otherInWords(rule)} 相差 > ${differenceInWords(rule)}${held}`;
    case 'repeat':
      return `${rule.of} ${spanInWords(rule.within)}内报警 > ${rule.moreThan} 次${held}`;
    case 'silence': {
      if (rule.silentFor === 'learned') return `超过平时间隔的 3 倍无数据${held}`;
      return `超过 ${spanInWords(rule.silentFor)} 无数据${held}`;
    }
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

const MEANING_WORDS: Readonly<Record<Meaning, string>> = {
  contaminated: '重量与满溢度不符：同样体积比该品类平时重得多，疑似混投',
  'sensor-blinded': '重量变化而满溢度不动，疑似满溢传感器被遮挡',
  'needs-tare': '清空后净重多次偏离零点相同数值，秤需要去皮',
};

const nameOf = (quantity: Quantity): string => QUANTITY_WORDS[quantity] ?? quantity;

const bandInWords = (least: number, most: number, quantity: Quantity): string =>
  `${amountInWords(least, quantity)} – ${amountInWords(most, quantity)}`;

function otherInWords({ quantity, other }: DisagreeRule): string {
  const name = nameOf(other.quantity);
  if (other.asset === undefined) return name;
  return other.quantity === quantity ? other.asset : `${other.asset} ${name}`;
}

/** A switch and a draw are compared as shares of the nominal watts. */
const differenceInWords = ({ quantity, moreThan }: DisagreeRule): string =>
  amountInWords(moreThan, quantity === 'on' ? 'fill' : quantity);

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

/** Whose a flood is. */
const TEAM_WORDS: Readonly<Record<string, string>> = {
  cleaners: '保洁',
  engineers: '工程',
  stewards: '楼长',
  managers: '物业',
};

/** 1号投放点 2号桶; a team by its name; a device or source by its id. */
export function subjectInWords(compound: Compound, subject: string): string {
  const asset = compound.assets.get(subject);
  return asset ? placeInWords(compound, asset) : (TEAM_WORDS[subject] ?? subject);
}

function placeInWords(compound: Compound, asset: Asset): string {
  if (asset.kind !== 'bin' && asset.kind !== 'scale') return asset.name;
  const station = compound.stations.get(asset.station)?.name ?? asset.station;
  return asset.name.startsWith(station) ? asset.name : `${station} ${asset.name}`;
}
