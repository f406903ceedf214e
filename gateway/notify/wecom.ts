// The robot of a WeCom group (企业微信群机器人), as in 消息推送配置说明,
// developer.work.weixin.qq.com/document/path/91770: text of at most 2048 bytes of UTF-8, twenty messages
// a minute, no signature. Codes: 全局错误码, document/path/90313.
// Sent as text and not as markdown, which knows no way to escape: what has no markup needs none.
import { minutes } from '../domain/time.ts';
import { robotAnswer, type RobotCodes } from './robot-codes.ts';
import type { RobotCard } from './robot.ts';
import { asText, harmless, type Sheet } from './sheet.ts';

const MOST_BYTES = 2048;

export const WECOM: RobotCard = {
  kind: 'wecom',
  request: ({ sheet, url }) => ({
    url,
    body: {
      msgtype: 'text',
      text: { content: asText(safe(sheet), MOST_BYTES), ...mention(sheet) },
    },
  }),
  answer: ({ errcode, errmsg }) => robotAnswer(CODES, errcode, errmsg),
};

const CODES: RobotCodes = {
  later: {
    '-1': { words: 'WeCom is busy' },
    45009: { words: 'more messages than WeCom takes in a minute', after: minutes(1) },
    45033: { words: 'more messages at once than WeCom takes', after: minutes(1) },
  },
  never: {
    40008: 'WeCom does not know such a message',
    40058: 'WeCom does not take a message like this',
    44004: 'WeCom takes no empty message',
    45002: 'the message is too long for WeCom',
    93000: 'the robot’s address is not valid, or the robot was removed from the group',
    93004: 'the robot was stopped',
    93008: 'the robot is not in the group',
  },
};

/** `<@userid>` mentions somebody, wherever it stands. */
const safe = (sheet: Sheet): Sheet => ({
  ...sheet,
  title: harmless(sheet.title),
  lines: sheet.lines.map(harmless),
});

function mention({ to }: Sheet) {
  if (to === undefined) return {};
  return /^\+?\d{7,15}$/.test(to) ? { mentioned_mobile_list: [to] } : { mentioned_list: [to] };
}
