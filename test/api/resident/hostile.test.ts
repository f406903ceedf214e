// Whatever is written into any field comes out as text: no element, no attribute, no address, no
// direction of reading goes beyond it.
import { describe, expect, it } from 'vitest';
import { html, said } from '../../../gateway/api/resident/html.ts';
import { secretOf } from '../../fakes/hand-reports.ts';
import { phone } from './sent.ts';

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' autofocus onfocus='alert(1)",
  'javascript:alert(1)',
  '</textarea></title><svg onload=alert(1)>',
  '[click](javascript:alert(1)) **bold** `code`',
  '\u{202e}txt.exe\u{2066}\u{200f}',
  '&lt;b&gt; &#60;b&#62;',
  '${7*7} {{7*7}} <%= 7*7 %>',
  '\0\u{1b}[31m\u{7f}',
];

/** Every element and attribute that a page has, without what stands in them. */
const skeleton = (page: string): string[] =>
  [...page.matchAll(/<(\w+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, name = '', attributes = '']) =>
      `${name}${attributes.replace(/="[^"]*"/g, '').replace(/\s+/g, ' ')}`,
  );

const FIELDS = ['category', 'kind', 'words', 'phone', 'token'] as const;

describe('hostile words', () => {
  it.each(HOSTILE)('are text in the form that comes back: %j', async (words) => {
    const { report } = await phone();
    const meant = { category: '', kind: 'fault', words: 'plain', phone: 'plain', token: 'plain' };
    const plain = await report(meant);
    const hostile = await report(Object.fromEntries(FIELDS.map((field) => [field, words])));
    expect(skeleton(hostile.body)).toEqual(skeleton(plain.body));
    // eslint-disable-next-line no-control-regex
    expect(hostile.body).not.toMatch(/[\0-\x08\x0e-\x1f\x7f]/);
  });

  it.each(HOSTILE)('are text on the page that follows: %j', async (words) => {
    const { report, get, desk } = await phone();
    await report({ category: 'lamp', kind: 'fault', words: 'plain' });
    const follow = (text: string) => {
      desk.follows(secretOf(42), {
        words: text,
        place: text,
        sensor: { says: 'lit', name: text, quantity: 'power', value: 28, ageS: 12 },
        answers: [{ at: '2026-11-20T10:25:00.000Z', words: text }],
        photos: { own: [text], work: [] },
      });
      return get(`/f/${secretOf(42)}`);
    };
    const plain = await follow('plain');
    const hostile = await follow(words);
    expect(skeleton(hostile.body)).toEqual(skeleton(plain.body));
  });

  it.each(HOSTILE)('lead nowhere in an address: %j', async (words) => {
    const { get } = await phone();
    for (const address of [
      `/r/${encodeURIComponent(words)}`,
      `/f/${encodeURIComponent(words)}`,
      `/r/k1?lang=${encodeURIComponent(words)}`,
    ]) {
      const { body } = await get(address);
      expect(body).not.toMatch(/<img|onerror=|<svg onload|<script>/);
    }
  });
});

describe('the template', () => {
  it('lets through only what it made itself', () => {
    const forged = { text: '<b>' } as unknown as string;
    expect(html`<p title="${'"<'}">${[html`<b>${'&'}</b>`, undefined, false, 0]}</p>`.text).toBe(
      '<p title="&quot;&lt;"><b>&amp;</b>0</p>',
    );
    expect(html`${forged}`.text).not.toContain('<b>');
  });

  it('ends the direction of what somebody wrote with it', () => {
    expect(said('\u{202e}abc').text).toBe('<bdi dir="auto">\u{202e}abc</bdi>');
  });
});
