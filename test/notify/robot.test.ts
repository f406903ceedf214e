import { lookup } from 'node:dns';
import { describe, expect, it, onTestFinished } from 'vitest';
import { minutes, seconds } from '../../gateway/domain/time.ts';
import { DINGTALK } from '../../gateway/notify/dingtalk.ts';
import { FEISHU } from '../../gateway/notify/feishu.ts';
import { publicOnly } from '../../gateway/notify/public-address.ts';
import { createRobot, type RobotPlace } from '../../gateway/notify/robot.ts';
import { WECOM } from '../../gateway/notify/wecom.ts';
import { createHttpPost } from '../../gateway/ops/http-post.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { letter, LINK } from '../fakes/letters.ts';
import { notice } from '../fakes/notices.ts';
import { type Behaviour, type RobotKind, startRobot } from '../fakes/robot-server.ts';
import { freePort } from '../tools.ts';

const CARDS = { wecom: WECOM, dingtalk: DINGTALK, feishu: FEISHU };
const KINDS: readonly RobotKind[] = ['wecom', 'dingtalk', 'feishu'];

function robotAt(kind: RobotKind, secretUrl: string, changes: Partial<RobotPlace> = {}) {
  const clock = handClock('2026-11-02T12:00:05+08:00');
  const place: RobotPlace = {
    id: 'duty',
    secretUrl,
    allowHosts: ['127.0.0.1', 'localhost'],
    allowPrivate: true,
    perMinute: 18,
    ...changes,
  };
  const look = place.allowPrivate ? lookup : publicOnly(lookup);
  const out = createHttpPost({
    connections: 1,
    lookup: (name, options, answer) => look(name, options, answer),
  });
  const robot = createRobot(CARDS[kind], place, { clock, out });
  onTestFinished(() => robot.close());
  return robot;
}

const clock = handClock('2026-11-02T12:00:05+08:00');
const startOf = (kind: RobotKind, secret?: string) =>
  startRobot({ kind, clock, ...(secret !== undefined && { secret }) });

describe.each(KINDS)('the robot of %s', (kind) => {
  it('writes the letter into the group, its link and its mark last', async () => {
    const server = await startOf(kind);
    expect(await robotAt(kind, server.url).tell(letter(7))).toEqual({ kind: 'told' });
    const [text = ''] = server.read;
    expect(text.split('\n')).toEqual([
      '1号湿垃圾桶满了（工单 7）',
      '1号投放点，12:00 起',
      '请在 13:00 前处理',
      expect.stringMatching(new RegExp(`^#[0-9a-f]{4} ${LINK}7$`)),
    ]);
    expect(server.mentioned).toEqual([]);
  });

  it('writes the same mark for the same notice, and another for another', async () => {
    const server = await startOf(kind);
    const robot = robotAt(kind, server.url);
    for (const each of [letter(7), letter(7), letter(8)]) await robot.tell(each);
    const marks = server.read.map((text) => /#[0-9a-f]{4}/.exec(text)?.[0]);
    expect(marks[0]).toBe(marks[1]);
    expect(marks[0]).not.toBe(marks[2]);
  });

  it('cuts what is too long and never the link', async () => {
    const server = await startOf(kind);
    const long = { title: '满'.repeat(65_000), lines: ['\\"溢'.repeat(30_000), '👩‍🚒'.repeat(9000)] };
    expect(await robotAt(kind, server.url).tell(letter(7, long))).toEqual({ kind: 'told' });
    const [text = ''] = server.read;
    expect(text).toContain('…');
    expect(text.isWellFormed()).toBe(true);
    expect(text.endsWith(`${LINK}7`)).toBe(true);
  });

  it('mentions nobody whom the words name, and shows them as words', async () => {
    const server = await startOf(kind);
    const title = '@all <@all> <at user_id="all">所有人</at> [点](javascript:alert(1)) **满**';
    const lines = ['<img src=x onerror=alert(1)>', '\u202Eexe.gpj\u2066', 'a\nb\r\nc\u2028d'];
    await robotAt(kind, server.url).tell(letter(7, { title, lines, to: '@all' }));
    expect(server.mentioned).toEqual([]);
    const [text = ''] = server.read;
    expect(text).toContain('img src=x onerror=alert(1)');
    expect(text).toContain('javascript:alert(1)');
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(text).toContain('a b c d');
    expect(text.split('\n')).toHaveLength(5);
  });

  it('mentions whom the letter is for', async () => {
    const server = await startOf(kind);
    await robotAt(kind, server.url).tell(letter(7, { to: 'zhang.san' }));
    expect(server.mentioned).toEqual(['zhang.san']);
  });

  it('is told no alarms', async () => {
    const server = await startOf(kind);
    expect(await robotAt(kind, server.url).tell(notice(7))).toEqual({
      kind: 'never',
      why: 'a robot is told letters only',
    });
    expect(server.asked).toEqual([]);
  });

  it.each<[string, Behaviour, object]>([
    ['a closed line', 'drop', { kind: 'try-later', why: 'socket hang up' }],
    ['an answer that breaks off', 'cut', { kind: 'try-later', why: 'aborted' }],
    [
      'a page without end',
      'huge',
      { kind: 'try-later', why: 'answered 200 without saying what became of it' },
    ],
    [
      'a login page',
      { status: 200 },
      { kind: 'try-later', why: 'answered 200 without saying what became of it' },
    ],
    ['a bad gateway', { status: 502 }, { kind: 'try-later', why: 'answered 502' }],
    [
      'too many, by status',
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'try-later', why: 'answered 429', after: seconds(7) },
    ],
    [
      'a redirect into the house',
      { redirect: 'http://169.254.169.254/latest?key=a-secret-key' },
      {
        kind: 'never',
        why: 'answered 302: it redirects to 169.254.169.254, and redirects are not followed',
      },
    ],
    [
      'a redirect to itself',
      { redirect: '/elsewhere' },
      {
        kind: 'never',
        why: 'answered 302: it redirects to another page, and redirects are not followed',
      },
    ],
    ['a code that nobody knows', { code: 123_456 }, { kind: 'try-later', why: 'answered 123456' }],
  ])('hears of %s', async (_title, behaviour, expected) => {
    const server = await startOf(kind);
    server.behave(behaviour);
    expect(await robotAt(kind, server.url).tell(letter(7))).toEqual(expected);
    expect(server.asked).toHaveLength(1);
    expect(server.read).toEqual([]);
  });

  it('hears of nobody there, and gives away no password', async () => {
    const url = `http://127.0.0.1:${await freePort()}/send?key=a-secret-key`;
    const told = await robotAt(kind, url).tell(letter(7));
    expect(told).toMatchObject({ kind: 'try-later', why: expect.stringContaining('ECONNREFUSED') });
    expect(JSON.stringify(told)).not.toContain('secret');
  });
});

it('no robot waits for an answer longer than ten seconds', async () => {
  const told = KINDS.map(async (kind) => {
    const server = await startOf(kind);
    server.behave('hang');
    return robotAt(kind, server.url).tell(letter(7));
  });
  const tooLong = { kind: 'try-later', why: 'no answer within 10s' };
  expect(await Promise.all(told)).toEqual([tooLong, tooLong, tooLong]);
}, 60_000);

const TOO_MANY = (words: string, after: number) => ({ kind: 'try-later', why: words, after });

describe('an error inside a 200', () => {
  it.each<[RobotKind, number, string, object]>([
    [
      'wecom',
      45_009,
      'api freq out of limit',
      TOO_MANY('answered 45009: more messages than WeCom takes in a minute', minutes(1)),
    ],
    [
      'wecom',
      93_000,
      'invalid webhook url',
      {
        kind: 'never',
        why: 'answered 93000: the robot’s address is not valid, or the robot was removed from the group',
      },
    ],
    ['wecom', -1, 'system busy', { kind: 'try-later', why: 'answered -1: WeCom is busy' }],
    [
      'dingtalk',
      130_101,
      'send too fast, exceed 20 times per minute',
      TOO_MANY('answered 130101: more messages than DingTalk takes in a minute', minutes(10)),
    ],
    [
      'dingtalk',
      410_100,
      '发送速度太快而限流',
      TOO_MANY('answered 410100: more messages than DingTalk takes in a minute', minutes(10)),
    ],
    [
      'dingtalk',
      310_000,
      'keywords not in content',
      { kind: 'never', why: 'answered 310000: none of the robot’s keywords is in the message' },
    ],
    [
      'dingtalk',
      310_000,
      'ip 1.2.3.4 not in whitelist',
      { kind: 'never', why: 'answered 310000: the robot takes no message from our address' },
    ],
    [
      'feishu',
      11_232,
      'create message service trigger rate limit',
      TOO_MANY('answered 11232: more messages than Feishu takes', minutes(1)),
    ],
    [
      'feishu',
      9499,
      'too many request',
      TOO_MANY('answered 9499: more messages than Feishu takes', minutes(1)),
    ],
    [
      'feishu',
      9499,
      'Bad Request',
      { kind: 'never', why: 'answered 9499: Feishu does not take a message like this' },
    ],
    [
      'feishu',
      19_022,
      'Ip Not Allowed',
      { kind: 'never', why: 'answered 19022: the robot takes no message from our address' },
    ],
    [
      'feishu',
      19_024,
      'Key Words Not Found',
      { kind: 'never', why: 'answered 19024: none of the robot’s keywords is in the message' },
    ],
  ])('of %s is understood: %i %s', async (kind, code, words, expected) => {
    const server = await startOf(kind);
    server.behave({ code, words });
    expect(await robotAt(kind, server.url).tell(letter(7))).toEqual(expected);
    expect(server.read).toEqual([]);
  });
});

it('a rest that Feishu asks for in the head of its answer is given', async () => {
  const server = await startOf('feishu');
  const headers = { 'x-ogw-ratelimit-reset': '52' };
  server.behave({
    status: 429,
    code: 99_991_400,
    words: 'request trigger frequency limit',
    headers,
  });
  expect(await robotAt('feishu', server.url).tell(letter(7))).toEqual(
    TOO_MANY('answered 99991400: more messages than Feishu takes', seconds(52)),
  );
});

describe.each(['dingtalk', 'feishu'] as const)('the signature of %s', (kind) => {
  it('is what the maker computes', async () => {
    const server = await startOf(kind, 'SEC+a/secret=');
    const robot = robotAt(kind, server.url, { secret: 'SEC+a/secret=' });
    expect(await robot.tell(letter(7))).toEqual({ kind: 'told' });
  });

  it.each([['another'], [undefined]])('is refused under %s secret', async (secret) => {
    const server = await startOf(kind, 'SEC+a/secret=');
    const robot = robotAt(kind, server.url, secret === undefined ? {} : { secret });
    expect(await robot.tell(letter(7))).toMatchObject({
      kind: 'never',
      why: expect.stringContaining('the signature is refused'),
    });
  });
});

describe('a robot without leave', () => {
  it.each<[string, Partial<RobotPlace> & { secretUrl: string }, object]>([
    [
      'goes to no host that is not named',
      { secretUrl: 'https://evil.example/send', allowHosts: ['qyapi.weixin.qq.com'] },
      { kind: 'never', why: 'evil.example is not among allowHosts' },
    ],
    [
      'speaks nothing that others can read',
      { secretUrl: 'http://localhost:1/send' },
      { kind: 'never', why: 'its address does not begin with https://' },
    ],
    [
      'goes to no private address',
      { secretUrl: 'https://127.0.0.1:1/send' },
      { kind: 'never', why: 'its address is a private one' },
    ],
    [
      'goes to no name that leads to one, and tries again: it may be the look-up that lies',
      { secretUrl: 'https://localhost:1/send' },
      { kind: 'try-later', why: 'localhost is a private address' },
    ],
    ['needs an address', { secretUrl: 'whatever' }, { kind: 'never', why: 'its address is none' }],
  ])('%s', async (_title, place, expected) => {
    const { secretUrl, ...changes } = place;
    const robot = robotAt('wecom', secretUrl, { allowPrivate: false, ...changes });
    expect(await robot.tell(letter(7))).toEqual(expected);
  });
});
