import { describe, expect, it } from 'vitest';
import { siteDigests } from '../../gateway/site/digests.ts';
import { loadSite } from '../../gateway/site/load.ts';
import type { Site } from '../../gateway/site/site.ts';
import { LEAST, load, read } from './tools.ts';

const SECRETS: Readonly<Record<string, string>> = {
  './secrets/duty-group.url': 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a-secret-key',
  './secrets/engineers.url': 'https://oapi.dingtalk.com/robot/send?access_token=a-secret-key',
  './secrets/engineers.key': 'SECret',
  './secrets/committee.url': 'https://open.feishu.cn/open-apis/bot/v2/hook/a-secret-key',
  './secrets/committee.key': 'a-secret-key',
};

function siteOf(text: string, secrets = SECRETS): Site {
  const { site, mistakes } = loadSite(text, {
    file: 'site.yaml',
    decoders: ['courtyard-line', 'courtyard-json'],
    readSecret: (file) => ({ kind: 'secret', text: secrets[file] ?? 'whatever' }),
  });
  if (!site) throw new Error(JSON.stringify(mistakes));
  return site;
}

const uncommented = (text: string): string =>
  text.replace(/^# channels:[^]*$/m, (block) => block.replace(/^# /gm, ''));

describe('the channels of the example', () => {
  const { channels } = siteOf(uncommented(read('config/site.yaml')));
  it('are one of each kind, within what each bears', () => {
    expect(channels.map(({ id, kind, perMinute }) => [id, kind, perMinute])).toEqual([
      ['duty-group', 'wecom', 20],
      ['engineers', 'dingtalk', 18],
      ['committee', 'feishu', 100],
      ['post', 'email', 30],
      ['ops', 'webhook', 600],
      ['bus', 'mqtt', 600],
    ]);
  });

  it('lead to the makers of the robots, and nowhere into the house', () => {
    expect(channels.map((each) => ('allowHosts' in each ? each.allowHosts : []))).toEqual([
      ['qyapi.weixin.qq.com'],
      ['oapi.dingtalk.com'],
      ['open.feishu.cn', 'open.larksuite.com'],
      [],
      [],
      [],
    ]);
    expect(channels.some((each) => 'allowPrivate' in each && each.allowPrivate)).toBe(false);
  });

  it('have their secrets, and the topic that is theirs', () => {
    expect(channels).toMatchObject([
      { secretUrl: SECRETS['./secrets/duty-group.url'] },
      { secretUrl: SECRETS['./secrets/engineers.url'], secret: 'SECret' },
      { secretUrl: SECRETS['./secrets/committee.url'], secret: 'a-secret-key' },
      { host: 'smtp.example.com', port: 587, secure: 'starttls', password: 'whatever' },
      { url: 'https://ops.example/courtyard', severities: ['high'] },
      { topic: 'courtyard/luyuan/notices/bus' },
    ]);
  });
});

it('the page on notices shows channels that can be had', () => {
  const [, block = ''] = /```yaml\n(channels:[^]*?)```/.exec(read('docs/notices.md')) ?? [];
  const sources = 'sources: [{ id: broker, kind: mqtt-broker }]\n';
  expect(siteOf(`${LEAST}${sources}${block}`).channels).toHaveLength(6);
});

it('the digest of the site file says nothing of a robot’s address', () => {
  const text = `${LEAST}channels:\n  - { id: duty, kind: wecom, urlFile: ./secrets/duty-group.url }\n`;
  const other = { './secrets/duty-group.url': 'https://qyapi.weixin.qq.com/another' };
  expect(siteDigests(siteOf(text, other))).toEqual(siteDigests(siteOf(text)));
});

it('no mistake repeats a robot’s address', () => {
  const text = `${LEAST}channels:\n  - { id: duty, kind: wecom, urlFile: ./secrets/elsewhere.url }\n`;
  expect(JSON.stringify(load(text).mistakes)).not.toContain('a-secret-key');
});
