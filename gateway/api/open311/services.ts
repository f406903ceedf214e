// What may be reported here, as Open311 GeoReport v2 lists it: the residents' own tiles, and for each
// where it can be and whether it is a fault or an idea.
import type { Spot } from '../../domain/spot.ts';
import type { Category } from '../../domain/ticket.ts';
import { en } from '../resident/words-en.ts';
import { MET, zh, type Met } from '../resident/words-zh.ts';

/** What several services have in common, for a client that groups its list. */
const GROUPS: Readonly<Record<Met, string>> = {
  'bin-full': '垃圾分类',
  'bin-room-dirty': '垃圾分类',
  dumping: '垃圾分类',
  'bin-broken': '垃圾分类',
  lamp: '设施',
  electricity: '设施',
  'water-leak': '设施',
  drain: '设施',
  manhole: '设施',
  'fire-lane-blocked': '安全',
  'flying-wire-charging': '安全',
  lift: '设施',
  greenery: '环境',
  ads: '环境',
  noise: '环境',
  other: '其他',
};

export const isService = (code: string): code is Met => (MET as readonly string[]).includes(code);

/** What only sensors and inspections find has no tile and goes by its own word. */
export const serviceName = (category: Category): string =>
  isService(category) ? zh.met[category] : category;

export const services = () =>
  MET.map((code) => ({
    service_code: code,
    service_name: zh.met[code],
    description: en.met[code],
    metadata: true,
    type: 'realtime',
    keywords: [code, zh.met[code], en.met[code]].join(', '),
    group: GROUPS[code],
  }));

export const definition = (code: Met, spots: readonly Spot[]) => ({
  service_code: code,
  attributes: [
    {
      variable: true,
      code: 'spot',
      datatype: 'singlevaluelist',
      required: true,
      datatype_description: '',
      order: 1,
      description: '位置：标牌上的编码 (where: the code on the label)',
      values: spots.map(({ code: key, name }) => ({ key, name })),
    },
    {
      variable: true,
      code: 'kind',
      datatype: 'singlevaluelist',
      required: false,
      datatype_description: '',
      order: 2,
      description: '报修还是建议 (a fault to mend, or an idea to answer)',
      values: [
        { key: 'fault', name: '报修' },
        { key: 'suggestion', name: '建议' },
      ],
    },
  ],
});
