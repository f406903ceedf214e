// A ticket's title in the compound's language: where, and what is wrong there.
import type { Category } from '../domain/ticket.ts';

const CATEGORY_WORDS: Record<Category, string> = {
  'bin-full': '桶满',
  'bin-broken': '桶或盖损坏',
  'bin-room-dirty': '厢房不洁',
  'sorting-wrong': '分类错误',
  dumping: '偷倒垃圾',
  lamp: '路灯故障',
  electricity: '用电故障',
  'water-leak': '漏水',
  drain: '排水不畅',
  manhole: '井盖问题',
  'fire-lane-blocked': '消防通道堵塞',
  'fire-equipment': '消防设施',
  'flying-wire-charging': '飞线充电',
  ads: '小广告',
  greenery: '绿化',
  lift: '电梯',
  parking: '停车',
  noise: '噪声',
  sensor: '传感器异常',
  gateway: '网关异常',
  other: '其他',
};

export const titleOf = (category: Category, place: string): string =>
  `${place} ${CATEGORY_WORDS[category]}`;

/** Who hears that it is nearly late, or late. */
export const escalationInWords = (when: 'before' | 'after', name: string): string =>
  when === 'before' ? `时限已过八成，提醒 ${name}` : `已超时，上报 ${name}`;
