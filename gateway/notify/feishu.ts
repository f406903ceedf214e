// The robot of a Feishu or Lark group (飞书自定义机器人), as in 自定义机器人使用指南,
// open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: signed in the body, a body of at most 20 KB,
// a hundred messages a minute and five a second. On the hour Feishu itself may be pressed (11232).
// Sent as rich text, whose parts say what they are: a part that is text stays text, `<at>` included.
import { createHmac } from 'node:crypto';
import { type Duration, minutes, seconds } from '../domain/time.ts';
import type { Told } from './notifier.ts';
import type { PostAnswer } from './post.ts';
import { robotAnswer, type RobotCodes } from './robot-codes.ts';
import type { RobotCard, RobotLetter } from './robot.ts';
import { cut, type Sheet } from './sheet.ts';

/** Of words; the rest of the 20 KB is for what JSON puts around and into them. */
const MOST_BYTES = 8000;
const MOST_TITLE_BYTES = 500;

export const FEISHU: RobotCard = {
  kind: 'feishu',
  limits: [{ most: 5, within: seconds(1) }],
  request: (letter) => ({
    url: letter.url,
    body: { ...signatureOf(letter), msg_type: 'post', content: contentOf(letter.sheet) },
  }),
  answer: answerOf,
};

/** HMAC-SHA256 of nothing under `timestamp\nsecret`; the timestamp in seconds. */
function signatureOf({ secret, now }: RobotLetter) {
  if (secret === undefined) return {};
  const timestamp = String(Math.floor(now / 1000));
  const sign = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
  return { timestamp, sign };
}

function contentOf({ title, lines, link, mark, to }: Sheet): object {
  const words = cut(lines.join('\n'), MOST_BYTES);
  const last = [
    { tag: 'text', text: `${mark} ` },
    ...(link === undefined ? [] : [{ tag: 'a', text: link, href: link }]),
    ...(to === undefined || !IS_USER.test(to) ? [] : [{ tag: 'at', user_id: to }]),
  ];
  const content = [...words.split('\n').map((text) => [{ tag: 'text', text }]), last];
  return { post: { zh_cn: { title: cut(title, MOST_TITLE_BYTES), content } } };
}

/** A user id or open id; by telephone or mail address Feishu's robots mention nobody. */
const IS_USER = /^(?!\+?\d{7,15}$)[\w.-]+$/;

const TOO_MANY = { words: 'more messages than Feishu takes', after: minutes(1) };

const CODES: RobotCodes = {
  later: {
    9499: TOO_MANY,
    11232: TOO_MANY,
    11233: TOO_MANY,
    11247: TOO_MANY,
    99991400: TOO_MANY,
  },
  never: {
    19001: 'the robot’s address is not valid',
    19002: 'Feishu does not take a message like this',
    19007: 'the robot was stopped',
    19021: 'the signature is refused: secretFile is not the robot’s, or the clock is off',
    19022: 'the robot takes no message from our address',
    19024: 'none of the robot’s keywords is in the message',
  },
};

/** 9499 is a bad request, too, and then no later one is better. An older form writes StatusCode. */
function answerOf(said: Parameters<RobotCard['answer']>[0], headers: PostAnswer['headers']) {
  const code = said['code'] ?? said['StatusCode'];
  const words = said['msg'] ?? said['StatusMessage'];
  if (code === 9499 && typeof words === 'string' && /bad request/i.test(words)) return BAD_REQUEST;
  const told = robotAnswer(CODES, code, words);
  const rest = restIn(headers);
  return told?.kind === 'try-later' && rest !== undefined ? { ...told, after: rest } : told;
}

const LONGEST_REST = 3600;

/** 频控策略, open.feishu.cn/document/server-docs/api-call-guide/frequency-control: seconds. */
function restIn({ 'x-ogw-ratelimit-reset': said }: PostAnswer['headers']): Duration | undefined {
  if (said === undefined || !/^\d{1,9}$/.test(said)) return undefined;
  return seconds(Math.min(Number(said), LONGEST_REST));
}

const BAD_REQUEST: Told = {
  kind: 'never',
  why: 'answered 9499: Feishu does not take a message like this',
};
