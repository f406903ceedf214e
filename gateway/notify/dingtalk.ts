// The robot of a DingTalk group (钉钉自定义机器人), as in 自定义机器人接入 and 自定义机器人安全设置,
// open.dingtalk.com/document/orgapp/custom-robot-access: signed by timestamp and sign in the address;
// more than twenty messages a minute and the robot is mute for ten minutes.
// Sent as text and not as markdown, which knows no way to escape: what has no markup needs none.
import { createHmac } from 'node:crypto';
import { minutes } from '../domain/time.ts';
import { robotAnswer, type RobotCodes } from './robot-codes.ts';
import type { RobotCard, RobotLetter } from './robot.ts';
import { asText, harmless, type Sheet } from './sheet.ts';

/** What is read on a telephone; far within what DingTalk takes. */
const MOST_BYTES = 6000;
const MUTE = minutes(10);

export const DINGTALK: RobotCard = {
  kind: 'dingtalk',
  request: (letter) => ({ url: signed(letter), body: messageOf(letter.sheet) }),
  answer: ({ errcode, errmsg }) => robotAnswer(CODES, errcode, errmsg),
};

/** HMAC-SHA256 of `timestamp\nsecret` under the secret itself; the timestamp in milliseconds. */
function signed({ url, secret, now }: RobotLetter): URL {
  if (secret === undefined) return url;
  const stamp = String(now);
  const sign = createHmac('sha256', secret).update(`${stamp}\n${secret}`).digest('base64');
  url.searchParams.set('timestamp', stamp);
  url.searchParams.set('sign', sign);
  return url;
}

/** Only who is named in `at` is mentioned, and only where the words hold the name, too. */
function messageOf(sheet: Sheet): object {
  const { to } = sheet;
  const title = harmless(sheet.title);
  const safe = {
    ...sheet,
    title: to === undefined ? title : `@${to} ${title}`,
    lines: sheet.lines.map(harmless),
  };
  return {
    msgtype: 'text',
    text: { content: asText(safe, MOST_BYTES) },
    at: { isAtAll: false, ...mention(to) },
  };
}

function mention(to: string | undefined) {
  if (to === undefined) return {};
  return /^\+?[\d-]{7,16}$/.test(to) ? { atMobiles: [to] } : { atUserIds: [to] };
}

const TOO_FAST = { words: 'more messages than DingTalk takes in a minute', after: MUTE };

const CODES: RobotCodes = {
  later: {
    '-1': { words: 'DingTalk is busy' },
    130101: TOO_FAST,
    410100: TOO_FAST,
  },
  never: {
    300001: 'the robot’s address is not valid',
    310000: refusedFor,
    400013: 'the group does not exist any more',
    400101: 'the robot’s address is not valid',
    400102: 'the robot was stopped',
    400105: 'DingTalk does not know such a message',
    400106: 'the robot does not exist any more',
    430101: 'DingTalk does not like a link in it',
    430102: 'DingTalk does not like the words in it',
    430103: 'DingTalk does not like a picture in it',
    430104: 'DingTalk does not like the words in it',
  },
};

/** One code for all three ways of the robot's security settings (安全设置). */
function refusedFor(said: string): string {
  if (/keyword|关键词/i.test(said)) return 'none of the robot’s keywords is in the message';
  if (/sign|timestamp|签名/i.test(said)) {
    return 'the signature is refused: secretFile is not the robot’s, or the clock is off';
  }
  if (/\bip\b|whitelist|白名单/i.test(said)) return 'the robot takes no message from our address';
  return 'the robot’s security settings refuse it';
}
