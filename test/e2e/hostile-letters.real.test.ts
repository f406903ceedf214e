// Hostile words in letters: through the real process to local servers that behave as WeCom, DingTalk,
// Feishu, a mail server and a web address do. Nobody is mentioned, no markup is made of them, and no
// head of a mail comes from them.
import { expect, it } from 'vitest';
import { until } from '../tools.ts';
import { farSides, ROBOTS } from './far-sides.ts';
import { NAME, people, report, TITLE, WORDS, yardProcess } from './hostile-yard.ts';

/** What begins a mention or markup there; Feishu is sent parts that are text by their kind. */
const MEANING = { wecom: /[<@]/, dingtalk: /[<@]/, feishu: /<at / };

/** All that a mail says before its words begin. */
const headsOf = (text: string): string => text.split(/\r?\n\r?\n/, 1)[0] ?? '';

/** A mail's parts, their words as they are read. */
function partsOf(text: string): string[] {
  const [, mark = ''] = /boundary="([^"]+)"/.exec(text) ?? [];
  return text
    .split(`--${mark}`)
    .slice(1, -1)
    .map((part) => {
      const [heads = '', ...rest] = part.split(/\r?\n\r?\n/);
      const words = rest.join('\n\n');
      if (/base64/i.test(heads)) return Buffer.from(words, 'base64').toString();
      const bytes = words.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, '%$1');
      return /quoted-printable/i.test(heads) ? decodeURIComponent(bytes) : words;
    });
}

it('hostile words in letters mention nobody, make no markup and write no head of a mail', async () => {
  const { robots, mail, web, channels } = await farSides();
  const gateway = await yardProcess(`channels:
${channels}notices:
  groupWait: 500ms
  groupInterval: 1s
  readers:
${[...ROBOTS, 'mail', 'web'].map((id) => `    - { id: r-${id}, who: { role: manager }, over: ${id} }`).join('\n')}
`);
  const { manager, engineer } = await people(gateway);
  const raised = { category: 'lift', severity: 'high', title: TITLE, place: NAME, note: WORDS };
  await manager.say('POST /api/v1/tickets', raised);
  const crlf = 'A lamp\r\nBcc: evil@example.com\r\n\r\nand more';
  await engineer.say('POST /api/v1/tickets', { ...raised, category: 'electricity', title: crlf });
  const markup = '**bold** [x](javascript:alert(1)) <@all> @all \u{202E}\u{200B}a';
  await engineer.say('POST /api/v1/tickets', { ...raised, category: 'electricity', title: markup });
  await report(gateway, { category: 'manhole', words: WORDS });

  const sent = (): string[] => web.received.map(({ body }) => body);
  const everywhere = (): (readonly string[])[] => [
    ...robots.map(({ robot }) => robot.read),
    mail.taken.map(({ text }) => partsOf(text).join('\n')),
    sent(),
  ];
  await until(
    'every channel has told of all four',
    () =>
      everywhere().every((letters) =>
        ['<img|＜img', 'A lamp', String.raw`\*\*bold\*\* \[x]\(javascript`, '井盖'].every((words) =>
          new RegExp(words).test(letters.join('\n').replaceAll('&lt;', '<')),
        ),
      ),
    30_000,
  );

  for (const { kind, robot } of robots) {
    expect(robot.mentioned).toEqual([]);
    const words = robot.read.join('\n');
    expect(words.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\u{200B}/u);
    expect(words).not.toMatch(MEANING[kind]);
    // Words only: what a robot would read as markup is of another kind, and none is sent.
    const made = kind === 'feishu' ? ['post', 'text'] : ['text'];
    for (const body of robot.sent) expect(kindsIn(JSON.parse(body))).toEqual(made);
  }
  for (const { to, text } of mail.taken) {
    expect(to).toEqual(['li@example.com']);
    expect(headsOf(text)).not.toMatch(/^bcc:/im);
    const html = partsOf(text)[1] ?? '';
    expect(html).toContain('<');
    expect(html).not.toMatch(/<(?:img|script|svg)|href="javascript/i);
  }
  expect(sent().map((body) => (JSON.parse(body) as { type: string }).type)).toEqual(
    sent().map(() => 'org.courtyard.letter'),
  );
  expect(await gateway.stop()).toBe(0);
}, 100_000);

/** What a robot's message is made of. */
function kindsIn(body: unknown): string[] {
  const kinds = new Set<string>();
  JSON.stringify(body, (key, value: unknown) => {
    if (['tag', 'msgtype', 'msg_type'].includes(key)) kinds.add(String(value));
    return value;
  });
  return [...kinds];
}
