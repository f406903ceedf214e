// What goes into the audit chain of all that is folded.
import { describe, expect, it } from 'vitest';
import { withoutNumbers, withoutSecrets, type AuditEntry } from '../../gateway/domain/audit.ts';
import type { Entry, LogRecord } from '../../gateway/domain/record.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { createCommands } from '../../gateway/flow/commands.ts';
import { createStep, type StepSite } from '../../gateway/flow/step.ts';
import { command, NOTHING_SAVED, numbered, reading, started, tick } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { BIN_FULL, clock, SMALL_SITE } from '../fakes/small-site.ts';

/** The small site, watched by one rule alone. */
const SITE: StepSite = { ...SMALL_SITE, rules: [BIN_FULL] };

function auditOf(entries: readonly Entry[], site: StepSite = SITE): AuditEntry[] {
  const step = createStep(site, createStanding(NOTHING_SAVED));
  for (const record of numbered(entries)) step.fold(record);
  return step.takeAudit();
}

const full = (at: string, value = 0.95) =>
  reading({ asset: 'k1-wet', quantity: 'fill', value, at: clock(at) });
const raise = (at: string, body: Record<string, unknown> = {}) =>
  command({
    on: 'ticket',
    action: 'raise',
    at: clock(at),
    body: { category: 'lamp', title: '路灯不亮', ...body },
  });
const OVERFLOW = [started(clock('09:00')), full('10:00'), tick(clock('10:10')), full('10:30', 0.1)];
const inShort = ({ by, action, id, from, to }: AuditEntry) =>
  `${by}: ${id} ${action} ${from} → ${to}`;

describe('the audit chain is told', () => {
  it('each step of a ticket that a sensor opened and ended, under its record and place', () => {
    const audit = auditOf(OVERFLOW).filter(({ id }) => id === 'T1');
    expect(audit.map(inShort)).toEqual([
      'rule bin-full: T1 raise none → raised',
      'sensor k1-wet: T1 rectify raised → rectified',
      'sensor k1-wet: T1 verify rectified → closed',
    ]);
    expect(audit.map(({ sequence, place, role }) => [sequence, place, role])).toEqual([
      [3, 0, 'sensor'],
      [4, 0, 'sensor'],
      [4, 1, 'sensor'],
    ]);
    expect(JSON.parse(audit[0]?.detail ?? '')).toMatchObject({
      changed: { alarms: ['A1'], asset: 'k1-wet', category: 'bin-full', state: 'raised' },
    });
  });

  it('what a person did to a ticket, with what was asked and what changed', () => {
    const [, take] = auditOf([
      raise('10:00'),
      command({ on: 'ticket', id: 'T1', action: 'take', at: clock('10:01') }),
    ]);
    expect(take).toMatchObject({ by: 'wang', role: 'engineer', action: 'take', to: 'answered' });
    expect(JSON.parse(take?.detail ?? '')).toMatchObject({
      asked: {},
      changed: { assignee: 'wang', state: 'answered' },
    });
  });

  it('what a person did to an alarm, once, with its state before and after', () => {
    const audit = auditOf([
      ...OVERFLOW.slice(0, 3),
      command({ on: 'alarm', action: 'acknowledge', id: 'A1', at: clock('10:15') }),
    ]).filter(({ on }) => on === 'alarm');
    expect(audit.map(inShort)).toEqual([
      'wang: A1 acknowledge active-unacknowledged → active-acknowledged',
    ]);
  });

  it('who was put to work and who was not any more, and never a password or a number', () => {
    const body = {
      name: '李',
      role: 'cleaner',
      state: 'active',
      password: 'x',
      phone: '13812345678',
    };
    const audit = auditOf([
      command({ on: 'person', id: 'li', action: 'put', at: clock('10:00'), body }),
      command({ on: 'person', id: 'li', action: 'disable', at: clock('10:01') }),
    ]);
    expect(audit.map(inShort)).toEqual([
      'wang: li put undefined → active',
      'wang: li disable active → disabled',
    ]);
    expect(audit[0]?.detail).toBe('{"asked":{"name":"李","role":"cleaner","state":"active"}}');
  });

  it('who came in and which secret was made, though the fold makes nothing of it', () => {
    const body = { name: '李', role: 'cleaner', state: 'active' };
    const at = clock('10:01');
    const audit = auditOf([
      command({ on: 'person', id: 'li', action: 'put', at: clock('10:00'), body }),
      command({ on: 'person', id: 'li', action: 'sign-in', at, body: { failedBefore: 2 } }),
      command({ on: 'person', id: 'li', action: 'lock-out', at, body: {} }),
      command({ on: 'device', id: 'k1', action: 'make-secret', at, body: { before: 'none' } }),
      command({ on: 'person', id: 'li', action: 'disable', at: clock('10:02') }),
    ]);
    expect(audit.map(inShort)).toEqual([
      'wang: li put undefined → active',
      'wang: li sign-in undefined → undefined',
      'wang: li lock-out undefined → undefined',
      'wang: k1 make-secret undefined → undefined',
      'wang: li disable active → disabled',
    ]);
    expect(audit[1]?.detail).toBe('{"asked":{"failedBefore":2}}');
  });

  it('nothing of a command that changed nothing, and nothing of what was only heard', () => {
    expect(
      auditOf([
        started(clock('09:00')),
        full('10:00', 0.1),
        command({ on: 'ticket', id: 'T9', action: 'take', at: clock('10:01') }),
        command({ on: 'alarm', id: 'A9', action: 'acknowledge', at: clock('10:02') }),
      ]),
    ).toEqual([]);
  });

  it('the same of the same log, however often it is folded', () => {
    const log = [...OVERFLOW, raise('11:00')];
    expect(auditOf(log)).toEqual(auditOf(log));
  });

  it('that the site file changed between two starts, and which parts', () => {
    const start = (at: string, site: Record<string, string>): Entry => ({
      ...(started(clock(at)) as Entry & { kind: 'gateway' }),
      site,
    });
    const audit = auditOf([
      start('09:00', { site: 'a', 'rules/full': '1', 'rules/old': '2' }),
      start('09:01', { site: 'a', 'rules/full': '1', 'rules/old': '2' }),
      start('09:02', { site: 'a', 'rules/full': '9', 'rules/new': '3' }),
    ]);
    expect(audit).toMatchObject([
      {
        on: 'site',
        at: clock('09:02'),
        words: 'rules/full changed, rules/new is new, rules/old is gone',
      },
    ]);
  });
});

describe('50 presses of one button at once', () => {
  it('are one step and one entry, whatever their idempotency keys; the others are told 409', async () => {
    const hand = handClock('2026-11-02T10:00:00+08:00');
    const standing = createStanding(NOTHING_SAVED);
    const step = createStep(SITE, standing);
    const log: LogRecord[] = [];
    const commands = createCommands({
      log: {
        async append(entries) {
          await Promise.resolve();
          for (const entry of entries) {
            const record: LogRecord = { ...entry, sequence: log.length + 1 };
            log.push(record);
            step.fold(record);
          }
          return log.length;
        },
      },
      standing,
      clock: hand,
      settled: () => Promise.resolve(),
    });
    const actor = { by: 'wang', role: 'engineer' };
    const body = { category: 'lamp', title: '路灯不亮' };
    await commands.openTicket({ action: 'raise', actor, body });
    step.takeAudit();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, press) =>
        commands.ticketAction('T1', {
          action: 'take',
          actor,
          body: {},
          version: 1,
          key: `press-${press}`,
        }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.flatMap((answer) => (answer.ok ? [] : answer.status))).toEqual(
      Array.from({ length: 49 }, () => 409),
    );
    expect(step.takeAudit().map(({ action }) => action)).toEqual(['take']);
  });
});

describe('what may never be in the chain', () => {
  it('is taken out at any depth, by its name or its form', () => {
    expect(
      withoutSecrets({ a: [{ apiToken: 1, note: '打 13812345678 找我' }], Password: 'p', n: 3 }),
    ).toEqual({ a: [{ note: '打 ☎ 找我' }], n: 3 });
    expect(withoutNumbers('+86 138-1234-5678, 021-58881234, 2026-11-02 10:00, 30.5 W')).toBe(
      '☎, ☎, 2026-11-02 10:00, 30.5 W',
    );
  });
});
