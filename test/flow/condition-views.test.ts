// What the API says of a rule beside its alarm, so that a page can phrase it in its own language.
import { expect, it } from 'vitest';
import type { RuleSettings } from '../../gateway/domain/rule.ts';
import { alarmView } from '../../gateway/flow/views.ts';
import { foldedSite } from '../fakes/folded-site.ts';
import {
  BLINDED,
  FLICKERS,
  HOT,
  MAINS,
  OFF_HOURS,
  QUIET,
  SWITCHED,
  TREMBLES,
} from '../fakes/series-rules.ts';
import { clock, COMPOUND, SILENT } from '../fakes/small-site.ts';

it.each<[RuleSettings, object]>([
  [MAINS, { kind: 'outside', band: [200, 250, 205, 245] }],
  [HOT, { kind: 'rate', side: 'rises', limit: 10, withinS: 600 }],
  [TREMBLES, { kind: 'noise', limit: 40, withinS: 1800 }],
  [OFF_HOURS, { kind: 'off-hours', limit: 0.5 }],
  [BLINDED, { kind: 'meaning', meaning: 'sensor-blinded' }],
  [SWITCHED, { kind: 'disagree', limit: 0.7, with: 'power' }],
  [
    { ...SWITCHED, other: { asset: 'lamp-2', quantity: 'on' } },
    { kind: 'disagree', limit: 0.7, with: 'on', withAsset: 'lamp-2' },
  ],
  [FLICKERS, { kind: 'repeat', limit: 3, withinS: 3600, of: 'lamp-out' }],
  [QUIET, { kind: 'silence' }],
  [SILENT, { kind: 'silence', forS: 600 }],
])('the condition of $id, for a page to phrase', (rule, condition) => {
  const { standing } = foldedSite();
  const scene = {
    compound: COMPOUND,
    rules: new Map([[rule.id, rule]]),
    standing,
    shouldBeOn: () => false,
    deviceOf: new Map(),
  };
  const view = alarmView(scene, {
    id: 'A1',
    rule: rule.id,
    asset: 'lamp-1',
    severity: 'low',
    state: 'active-unacknowledged',
    text: '',
    raisedAt: clock('10:00'),
    inside: [],
  });
  expect(view.condition).toEqual(condition);
});
