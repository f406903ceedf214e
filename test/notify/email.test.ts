import { lookup } from 'node:dns';
import { describe, expect, it, onTestFinished } from 'vitest';
import { milliseconds } from '../../gateway/domain/time.ts';
import { createEmail, type EmailPlace } from '../../gateway/notify/email.ts';
import { publicOnly } from '../../gateway/notify/public-address.ts';
import { letter, LINK } from '../fakes/letters.ts';
import { type MailTrouble, startMailServer } from '../fakes/mail-server.ts';
import { notice } from '../fakes/notices.ts';
import { freePort } from '../tools.ts';

/** Only where somebody is waited for in vain: on a busy machine an answer takes its time. */
const SHORT = { step: milliseconds(400), whole: milliseconds(1500) };

function mailTo(port: number, changes: Partial<EmailPlace> = {}, patience?: typeof SHORT) {
  const place: EmailPlace = {
    id: 'post',
    host: '127.0.0.1',
    port,
    secure: 'none',
    from: 'courtyard@luyuan.example',
    to: ['manager@luyuan.example'],
    allowPrivate: true,
    perMinute: 30,
    ...changes,
  };
  const look = place.allowPrivate ? lookup : publicOnly(lookup);
  const mail = createEmail(place, {
    lookup: (name, options, answer) => look(name, options, answer),
    ...(patience && { patience }),
  });
  onTestFinished(() => mail.close());
  return mail;
}

/** Headers unfolded, and each part's words. */
function partsOf(text: string) {
  const end = text.indexOf('\n\n');
  const head = text.slice(0, end).replace(/\n[ \t]+/g, ' ');
  const headers = new Map(
    head.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '') ?? [];
  const parts = text
    .slice(end)
    .split(`--${boundary}`)
    .filter((part) => part.includes('Content-Type'));
  return { headers, words: parts.map(decoded) };
}

function decoded(part: string): string {
  const end = part.indexOf('\n\n');
  const head = part.slice(0, end).toLowerCase();
  const body = part.slice(end + 2);
  if (head.includes('base64')) return Buffer.from(body, 'base64').toString('utf8');
  if (!head.includes('quoted-printable')) return body.trim();
  const bytes = body
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, 'latin1').toString('utf8').trim();
}

const subjectOf = (headers: ReadonlyMap<string, string>): string =>
  (headers.get('subject') ?? '')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_all, text: string) =>
      Buffer.from(text, 'base64').toString('utf8'),
    )
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_all, text: string) =>
      decodeURIComponent(text.replaceAll('_', ' ').replaceAll('=', '%')),
    );

describe('a letter by mail', () => {
  it('arrives as plain words and as HTML, with its link', async () => {
    const server = await startMailServer();
    expect(await mailTo(server.port).tell(letter(7))).toEqual({ kind: 'told' });
    const [taken] = server.taken;
    expect(taken).toMatchObject({
      from: 'courtyard@luyuan.example',
      to: ['manager@luyuan.example'],
    });
    const { headers, words } = partsOf(taken?.text ?? '');
    expect(subjectOf(headers)).toBe('1号湿垃圾桶满了（工单 7）');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('message-id')).toMatch(/^<[0-9a-f]{32}@luyuan\.example>$/);
    const [text = '', html = ''] = words;
    expect(text.split('\n')).toEqual([
      '1号湿垃圾桶满了（工单 7）',
      '1号投放点，12:00 起',
      '请在 13:00 前处理',
      expect.stringMatching(new RegExp(`^#[0-9a-f]{4} ${LINK}7$`)),
    ]);
    expect(html).toContain(`<a href="${LINK}7">${LINK}7</a>`);
  });

  it('has the same Message-ID whenever it is sent again, and no other has it', async () => {
    const server = await startMailServer();
    const mail = mailTo(server.port);
    for (const each of [letter(7), letter(7), letter(8)]) await mail.tell(each);
    const ids = server.taken.map(({ text }) => /^Message-ID: (.*)$/im.exec(text)?.[1]);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  it('shows as text whatever people wrote', async () => {
    const server = await startMailServer();
    const title = '<img src=x onerror=alert(1)>\r\nBcc: all@luyuan.example';
    const lines = ['</p><script>alert(1)</script>', '\u202Ekcab', '.', '\r\n.\r\nMAIL FROM:<x@y>'];
    const link = `${LINK}7"><script>`;
    expect(await mailTo(server.port).tell(letter(7, { title, lines, link }))).toEqual({
      kind: 'told',
    });
    expect(server.taken).toHaveLength(1);
    const { headers, words } = partsOf(server.taken[0]?.text ?? '');
    expect(headers.get('bcc')).toBeUndefined();
    expect(subjectOf(headers)).toBe('<img src=x onerror=alert(1)> Bcc: all@luyuan.example');
    const [text = '', html = ''] = words;
    expect(text.split('\n').slice(1, 5)).toEqual([
      '</p><script>alert(1)</script>',
      'kcab',
      '.',
      '. MAIL FROM:<x@y>',
    ]);
    expect(html.match(/<(?!\/?(?:html|head|meta|body|p|b|br|a)\b)[a-z!/][^>]*>/gi)).toEqual([
      '<!doctype html>',
    ]);
  });

  it('of 65,000 letters is cut, and its link is not', async () => {
    const server = await startMailServer();
    const long = { title: '满'.repeat(65_000), lines: ['溢'.repeat(65_000)] };
    expect(await mailTo(server.port).tell(letter(7, long))).toEqual({ kind: 'told' });
    const { headers, words } = partsOf(server.taken[0]?.text ?? '');
    expect(subjectOf(headers).length).toBeLessThan(110);
    expect(words[0]?.endsWith(`${LINK}7`)).toBe(true);
    expect(Buffer.byteLength(words[0] ?? '')).toBeLessThanOrEqual(16_000);
  });

  it('for one person goes to that one only', async () => {
    const server = await startMailServer();
    await mailTo(server.port).tell(letter(7, { to: 'steward@luyuan.example' }));
    expect(server.taken.map(({ to }) => to)).toEqual([['steward@luyuan.example']]);
  });

  it.each(['nobody', 'a@b>\r\nRCPT TO:<c@d', 'x y@z.example', '@all', 'a@b@c'])(
    'for %j, which is no address, goes to nobody',
    async (to) => {
      const server = await startMailServer();
      expect(await mailTo(server.port).tell(letter(7, { to }))).toEqual({
        kind: 'never',
        why: 'whom it is for is no mail address',
      });
      expect(server.connections()).toBe(0);
    },
  );

  it('is what a mail channel is told, and no alarm', async () => {
    const server = await startMailServer();
    expect(await mailTo(server.port).tell(notice(7))).toMatchObject({ kind: 'never' });
  });

  it('is not sent again to who has it, when another is to be tried again', async () => {
    const server = await startMailServer();
    const to = ['a@luyuan.example', 'b@luyuan.example'];
    const mail = mailTo(server.port, { to });
    server.trouble({ at: 'RCPT', say: '450 busy', of: 'b@luyuan.example' });
    expect(await mail.tell(letter(7))).toEqual({
      kind: 'try-later',
      why: 'b@luyuan.example: the mail server refuses it (450); the others have it',
    });
    expect(await mail.tell(letter(7))).toEqual({ kind: 'told' });
    expect(server.taken.map((taken) => taken.to)).toEqual([
      ['a@luyuan.example'],
      ['b@luyuan.example'],
    ]);
  });
});

describe('a mail server', () => {
  it.each<[string, MailTrouble, object]>([
    [
      'that is not ready',
      { at: 'greeting', say: '421 not now' },
      { kind: 'try-later', why: 'the mail server refuses it (421)' },
    ],
    [
      'that never greets',
      { at: 'greeting' },
      { kind: 'try-later', why: 'the mail server does not answer in time' },
    ],
    [
      'that speaks of something else',
      { at: 'greeting', say: 'SSH-2.0-OpenSSH_9.9' },
      { kind: 'try-later', why: 'what answers there is no mail server' },
    ],
    [
      'that hangs in the middle',
      { at: 'DATA' },
      { kind: 'try-later', why: 'the mail server does not answer in time' },
    ],
    ['that hangs up', { at: 'greeting', say: 'DROP' }, { kind: 'try-later' }],
    ['that hangs up at the end', { at: 'end', say: 'DROP' }, { kind: 'try-later' }],
    ['that never stops talking', { at: 'greeting', say: 'FLOOD' }, { kind: 'try-later' }],
    [
      'that knows no such sender',
      { at: 'MAIL', say: '550 5.7.1 who are you' },
      { kind: 'never', why: 'the mail server refuses it (550)' },
    ],
    [
      'that knows no such reader',
      { at: 'RCPT', say: '550 5.1.1 no such user' },
      { kind: 'never', why: 'the mail server refuses it (550)' },
    ],
    [
      'that is full',
      { at: 'RCPT', say: '452 4.2.2 full' },
      { kind: 'try-later', why: 'the mail server refuses it (452)' },
    ],
    [
      'that takes it for spam',
      { at: 'end', say: '554 5.7.1 spam' },
      { kind: 'never', why: 'the mail server refuses it (554)' },
    ],
  ])('%s is understood', async (_title, trouble, expected) => {
    const server = await startMailServer();
    server.trouble(trouble);
    const isInVain = trouble.say === undefined || trouble.say === 'FLOOD';
    const mail = mailTo(server.port, {}, isInVain ? SHORT : undefined);
    expect(await mail.tell(letter(7))).toMatchObject(expected);
    expect(server.taken).toEqual([]);
    expect(await mailTo(server.port).tell(letter(8))).toEqual({ kind: 'told' });
  });

  it('that is not there is told by its name', async () => {
    const told = await mailTo(await freePort()).tell(letter(7));
    expect(told).toMatchObject({ kind: 'try-later', why: expect.stringContaining('ECONNREFUSED') });
  });

  it('that refuses the password keeps the letters waiting', async () => {
    const server = await startMailServer();
    server.trouble({ at: 'AUTH', say: '535 5.7.8 no' });
    const mail = mailTo(server.port, { username: 'courtyard', password: 'a-secret' });
    const told = await mail.tell(letter(7));
    expect(told).toEqual({
      kind: 'try-later',
      why: 'the mail server refuses user or password (535)',
    });
    expect(await mail.tell(letter(7))).toEqual({ kind: 'told' });
  });

  it('that offers no encryption hears neither the password nor the letter', async () => {
    const server = await startMailServer();
    const mail = mailTo(server.port, { secure: 'starttls', username: 'a', password: 'a-secret' });
    expect(await mail.tell(letter(7))).toMatchObject({ kind: 'try-later' });
    expect(server.taken).toEqual([]);
  });

  it('that is left waiting is let go at the end', async () => {
    const server = await startMailServer();
    server.trouble({ at: 'greeting' });
    const mail = mailTo(server.port);
    const told = mail.tell(letter(7));
    mail.close();
    expect(await told).toEqual({ kind: 'try-later', why: 'closing' });
  });
});
