// What whoever stands before a code is told of it before they report it once more.
import { expect, it } from 'vitest';
import { reportingSite } from '../fakes/reporting-site.ts';

it('a place says what neighbours told of it and is not mended, newest first, and no word of theirs', async () => {
  const site = reportingSite();
  const known = () => site.desk().knownAt('k1');
  expect(known()).toEqual([]);
  await site.tells({ spot: 'k1', category: 'dumping', words: '王阿姨家门口' });
  await site.tells({ spot: 'k1', category: 'dumping', words: '还在' });
  await site.tells({ spot: 'k1', category: 'drain', words: '堵了' });
  await site.tells({ spot: 'b3', category: 'lift', words: '停了' });
  expect(known()).toMatchObject([
    { category: 'drain', neighbours: 1 },
    { category: 'dumping', neighbours: 2 },
  ]);
  expect(known().every(({ expectedAt }) => Date.parse(expectedAt ?? '') > site.clock.now())).toBe(
    true,
  );
  expect(JSON.stringify(known())).not.toContain('王阿姨');
  expect(site.desk().knownAt('nowhere')).toEqual([]);
});

it('a suggestion is nobody else’s business, and what was declined is known no more', async () => {
  const site = reportingSite();
  await site.tells({ spot: 'k1', category: 'noise', kind: 'suggestion', words: '装静音轮' });
  const { ticket } = await site.tells({ spot: 'k1', category: 'ads', words: '贴了三张' });
  expect(site.desk().knownAt('k1')).toMatchObject([{ category: 'ads' }]);
  await site.does('manager', 'decline', ticket, { reason: '不在本小区' });
  expect(site.desk().knownAt('k1')).toEqual([]);
});
