// What the pages about people work out before they show it, and that it agrees with the gateway's word.
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { grouped } from '../../dashboards/kiosk/pairing-code.ts';
import { deviceText } from '../../dashboards/people/device-words.ts';
import { dutyText } from '../../dashboards/people/duty-words.ts';
import {
  buildingsIn,
  detailsOf,
  draftOf,
  isFilledDraft,
  NOBODY_YET,
  toggled,
  WEEKDAYS,
} from '../../dashboards/people/person-form.ts';
import { PERSON_ROLES, rolesGrantedBy, TEAMS } from '../../dashboards/people/roles.ts';
import { OPEN_SIEVE, sifted } from '../../dashboards/people/sift.ts';
import {
  brokenRules,
  isSignInName,
  LEAST_PASSWORD,
  MOST_PASSWORD,
  suggestedPassword,
} from '../../dashboards/shared/credentials.ts';
import { refusalText } from '../../dashboards/shared/refusal.ts';
import { returnPath, signInPath } from '../../dashboards/shared/return-path.ts';
import { FOR_KEEPERS, FOR_REVIEW, FOR_STAFF } from '../../dashboards/shared/staff.ts';
import { standingAfter } from '../../dashboards/shared/standing.ts';
import { waitText } from '../../dashboards/shared/wait-text.ts';
import { en } from '../../dashboards/shared/words-en.ts';
import { zh } from '../../dashboards/shared/words-zh.ts';
import {
  NewPasswordFor,
  PersonName,
  type PersonView,
  type SessionView,
} from '../../gateway/api/schemas-accounts.ts';
import { STAFF } from '../../gateway/api/ticket-actions.ts';
import * as asset from '../../gateway/domain/asset.ts';
import * as people from '../../gateway/domain/person.ts';
import * as ticket from '../../gateway/domain/ticket.ts';

const HOME = 'http://gateway:8080';

describe('the way back after signing in', () => {
  it.each([
    ['/engineer', '/engineer'],
    ['/manager?from=2026-11-01#day', '/manager?from=2026-11-01#day'],
    ['/kiosk/k1?lang=en', '/kiosk/k1?lang=en'],
  ])('is %s where one came from there', (wanted, path) => {
    expect(returnPath(wanted, HOME)).toBe(path);
  });

  it.each([
    [null],
    [''],
    ['engineer'],
    ['//evil.example/engineer'],
    ['/\\evil.example'],
    ['/\t/evil.example'],
    ['/engineer\\..\\..'],
    ['https://evil.example/'],
    ['javascript:alert(1)'],
    ['/signin?to=/signin'],
    ['/api/v1/session'],
  ])('is the start where the address says %j', (wanted) => {
    expect(returnPath(wanted, HOME)).toBe('/');
  });

  it('is carried by the door’s address, with the language', () => {
    expect(signInPath({ pathname: '/', search: '' })).toBe('/signin');
    const path = signInPath({ pathname: '/engineer/tickets/7', search: '?lang=en' });
    expect(path).toBe('/signin?to=%2Fengineer%2Ftickets%2F7%3Flang%3Den&lang=en');
    const query = new URLSearchParams(path.split('?')[1]);
    expect(returnPath(query.get('to'), HOME)).toBe('/engineer/tickets/7?lang=en');
  });
});

describe('who is signed in on a page', () => {
  const asking = { state: 'asking' } as const;
  const session = (state: SessionView['state']): SessionView => ({
    state,
    role: state === 'nobody' ? 'nobody' : 'engineer',
    may: [],
  });

  it('is nobody where nobody was when it opened', () => {
    expect(standingAfter(asking, session('nobody')).state).toBe('out');
  });

  it('is over where somebody was, and begins again', () => {
    const inside = standingAfter(asking, session('person'));
    expect(inside.state).toBe('in');
    const over = standingAfter(inside, session('nobody'));
    expect(over).toMatchObject({ state: 'ended', who: { state: 'person' } });
    expect(standingAfter(over, session('nobody')).state).toBe('ended');
    expect(standingAfter(over, session('person')).state).toBe('in');
  });

  it('stays as it was while the gateway says nothing', () => {
    const inside = standingAfter(asking, session('display'));
    expect(standingAfter(inside, undefined)).toBe(inside);
  });
});

describe('why something was not done', () => {
  const who: SessionView = { state: 'person', role: 'cleaner', may: [] };
  const failed = (status: number, more: object = {}) =>
    refusalText(
      { ok: false, status, title: 'Title', detail: 'Detail.', ...more },
      { state: 'in', who },
      zh,
    );

  it('names the roles that it is for, where the door says them', () => {
    const roles = ['engineer', 'manager'];
    expect(failed(403, { roles })).toBe('需要：工程师、经理。你是保洁员。');
    expect(failed(403)).toBe('保洁员不能做这件事。 Detail.');
  });

  it('is said in our words where the gateway said none', () => {
    expect(failed(0)).toBe(zh.engineer.offlineNow);
    expect(failed(401)).toBe(zh.people.account.ended);
    expect(failed(409)).toBe('没有成功 · Detail.');
    expect(failed(500, { detail: '' })).toBe('没有成功 · Title');
  });
});

describe('a new password', () => {
  it('is held against the same limits as at the gateway', () => {
    expect(NewPasswordFor.properties.password).toMatchObject({
      minLength: LEAST_PASSWORD,
      maxLength: MOST_PASSWORD,
    });
  });

  it.each([
    ['', '', ['short', 'same']],
    ['1234567', '1234567', ['short']],
    ['12345678', '1234567', ['same']],
    ['12345678', '12345678', []],
    ['八个汉字也算足够', '八个汉字也算足够', []],
  ])('%j and again %j leave %j open', (password, again, broken) => {
    expect(brokenRules(password, again)).toEqual(broken);
  });

  it('is suggested long, without letters that look alike, and each time another', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, n) => n * 16 + n);
    expect(suggestedPassword(bytes)).toMatch(/^(?:[a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/);
    expect(suggestedPassword(bytes)).not.toBe(suggestedPassword(bytes.reverse()));
    expect(brokenRules(suggestedPassword(bytes), suggestedPassword(bytes))).toEqual([]);
  });
});

it.each(['a', 'ab', 'wang.li', 'Wang', '.li', 'a b', 'a'.repeat(32), 'a'.repeat(33), '王丽'])(
  'the name %s may be signed in with exactly where the gateway takes it',
  (name) => {
    expect(isSignInName(name)).toBe(Value.Check(PersonName, name));
  },
);

describe('the roles and teams that the form offers', () => {
  it('are those of the house', () => {
    expect([...PERSON_ROLES].sort()).toEqual([...people.PERSON_ROLES].sort());
    expect(TEAMS).toEqual(ticket.TEAMS);
    expect(WEEKDAYS).toEqual(asset.WEEKDAYS);
    expect(FOR_STAFF).toEqual(STAFF);
  });

  it.each(people.PERSON_ROLES)(
    'are for a %s those that the gateway lets them hand out',
    (maker) => {
      const granted = people.PERSON_ROLES.filter((role) => people.mayGrant(maker, role));
      expect([...rolesGrantedBy(maker)].sort()).toEqual([...granted].sort());
    },
  );

  it('hold the pages for fewer than the desk', () => {
    const staff: readonly string[] = FOR_STAFF;
    expect([...FOR_REVIEW, ...FOR_KEEPERS].filter((role) => !staff.includes(role))).toEqual([]);
  });
});

const LI: PersonView = {
  id: 'li.wei',
  name: '李伟',
  role: 'engineer',
  teams: ['engineers'],
  buildings: ['b1', 'b2'],
  duty: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' }],
  above: 'wang.li',
  state: 'active',
  hasPassword: true,
};

describe('the form about a person', () => {
  it('gives back what it was given', () => {
    const { id, state, hasPassword, ...details } = LI;
    expect(detailsOf(draftOf(LI))).toEqual(details);
    expect({ id, state, hasPassword }).toEqual({
      id: 'li.wei',
      state: 'active',
      hasPassword: true,
    });
  });

  it('takes buildings with any comma, each once', () => {
    expect(buildingsIn(' b1,b2，b3、b1 ;  b-4\n')).toEqual(['b1', 'b2', 'b3', 'b-4']);
    expect(buildingsIn(' ')).toEqual([]);
  });

  it('keeps days in the order of the week', () => {
    expect(toggled(['wed'], 'mon')).toEqual(['mon', 'wed']);
    expect(toggled(['mon', 'wed'], 'wed')).toEqual(['mon']);
  });

  it('is whole with a name to sign in with, a name, and spans that have days and ends', () => {
    const whole = { ...NOBODY_YET, id: 'li.wei', name: '李伟' };
    expect(isFilledDraft(NOBODY_YET)).toBe(false);
    expect(isFilledDraft(whole)).toBe(true);
    expect(isFilledDraft({ ...whole, name: ' ' })).toBe(false);
    const span = { days: [], from: '08:00', to: '18:00' };
    expect(isFilledDraft({ ...whole, duty: [span] })).toBe(false);
    expect(isFilledDraft({ ...whole, duty: [{ ...span, days: ['mon'], to: '' }] })).toBe(false);
  });
});

it.each([
  [[], '随时', 'any time'],
  [LI.duty, '周一–周五 08:00–18:00', 'Mon–Fri 08:00–18:00'],
  [[{ days: [...WEEKDAYS], from: '06:00', to: '00:00' }], '每天 06:00–24:00', 'daily 06:00–24:00'],
  [
    [{ days: ['mon', 'tue', 'thu'], from: '22:00', to: '06:00' }],
    '周一、周二、周四 22:00–06:00',
    'Mon, Tue, Thu 22:00–06:00',
  ],
] as const)('duty %j is said as %s', (duty, chinese, english) => {
  const spans = duty.map((span) => ({ ...span, days: [...span.days] }));
  expect(dutyText(spans, zh)).toBe(chinese);
  expect(dutyText(spans, en)).toBe(english);
});

describe('the list of people', () => {
  const chen: PersonView = { ...LI, id: 'chen', name: '陈', role: 'cleaner', buildings: [] };
  const gone: PersonView = { ...LI, id: 'a.gone', name: '安', state: 'disabled' };
  const shown = (more: Partial<typeof OPEN_SIEVE>): string[] =>
    sifted([gone, LI, chen], { ...OPEN_SIEVE, ...more }).map(({ id }) => id);

  it('begins with those who work here', () => {
    expect(shown({})).toEqual(['chen', 'li.wei', 'a.gone']);
  });

  it('finds by name, sign-in name and building, by role and by state', () => {
    expect(shown({ text: '李' })).toEqual(['li.wei']);
    expect(shown({ text: 'CHEN' })).toEqual(['chen']);
    expect(shown({ text: 'b2' })).toEqual(['li.wei', 'a.gone']);
    expect(shown({ role: 'cleaner' })).toEqual(['chen']);
    expect(shown({ state: 'disabled' })).toEqual(['a.gone']);
    expect(shown({ text: 'nobody' })).toEqual([]);
  });
});

describe('a device in one’s list of sessions', () => {
  const CHROME =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36';
  it.each([
    [CHROME, 'Windows 上的 Chrome'],
    [`${CHROME} Edg/131.0.0.0`, 'Windows 上的 Edge'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0',
      'iPhone 上的 WeChat',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15',
      'Mac 上的 Safari',
    ],
    ['curl/8.5.0', '程序'],
    ['<img src=x onerror=alert(1)>', '未知设备'],
    ['', '未知设备'],
  ])('%s is called %s', (agent, words) => {
    expect(deviceText(agent, zh)).toBe(words);
  });
});

it('what is left of a wait is said in seconds, then in minutes', () => {
  expect([1, 59, 60, 245, 900].map((left) => waitText(left, zh.time.seconds))).toEqual([
    '1秒',
    '59秒',
    '1:00',
    '4:05',
    '15:00',
  ]);
});

it('a pairing code is shown in two groups', () => {
  expect(grouped('049013')).toBe('049 013');
});
