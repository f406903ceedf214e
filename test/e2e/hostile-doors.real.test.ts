// What is too long, or no text at all, at the doors of the real process: refused with a clear error or
// kept as it was written; and what a table that is opened elsewhere makes of it.
import { expect, it } from 'vitest';
import type { TicketView } from '../../gateway/api/schemas.ts';
import { people, report, sendForm, TITLE, WORDS, yardProcess } from './hostile-yard.ts';

const LONG = '长'.repeat(65_000);
const FORMULA = '=HYPERLINK("http://evil.example","click")';

it('65,000 letters are refused at every door, and said to be too many', async () => {
  const gateway = await yardProcess();
  const { manager, engineer, cleaner } = await people(gateway);
  const ticket = { category: 'other', title: 'a bench' };
  const { id } = await manager.say<TicketView>('POST /api/v1/tickets', ticket);
  const doors: readonly (readonly [what: string, body: object])[] = [
    ['POST /api/v1/tickets', { ...ticket, title: LONG }],
    ['POST /api/v1/tickets', { ...ticket, place: LONG }],
    ['POST /api/v1/tickets', { ...ticket, note: LONG }],
    [`POST /api/v1/tickets/${id}/comment`, { text: LONG }],
    [`POST /api/v1/tickets/${id}/decline`, { reason: LONG }],
    ['POST /api/v1/posts', { kind: 'idea', title: LONG, words: '' }],
    ['POST /api/v1/posts', { kind: 'idea', title: 'a', words: LONG }],
    ['POST /api/v1/bag-counts', { place: 'k1', bags: 1, note: LONG }],
    ['POST /api/v1/assets/b1/maintenance', { reason: LONG }],
    ['POST /api/v1/assets/b1/tare', { tareKg: 14, note: LONG }],
    ['POST /api/v1/assets/b1/swap', { container: LONG }],
    ['POST /api/v1/assets/b1/change-device', { to: LONG, note: 'x' }],
    ['POST /api/v1/assets/b1/collected', { note: LONG }],
    ['PUT /api/v1/people/engineer', { name: LONG, role: 'engineer' }],
    ['POST /api/v1/keys', { name: LONG }],
    ['POST /api/v1/session', { name: LONG, password: 'x' }],
    ['POST /api/v1/ledger/corrections', correction(LONG)],
  ];
  for (const [what, body] of doors) {
    const { status, body: problem } = await manager.ask<{ detail?: string }>(what, body);
    const isShort = JSON.stringify(problem).length < 2000;
    expect.soft({ what, status, isShort, problem }).toEqual({
      what,
      status: expect.toBeOneOf([400, 413, 422]),
      isShort: true,
      problem: expect.objectContaining({ detail: expect.stringMatching(/[a-z]{4}/i) }),
    });
  }
  const follow = await report(gateway, { category: 'noise', words: 'loud' });
  for (const where of ['/r/k1', `${follow}/more`, `${follow}/rating`]) {
    const said = await sendForm(gateway.url + where, {
      category: 'noise',
      kind: 'fault',
      words: LONG,
      note: LONG,
      stars: '1',
    });
    expect.soft(`${where} ${said.status}`).toBe(`${where} 413`);
    expect.soft(await said.text()).toContain('role="alert"');
  }
  expect((await engineer.say<TicketView[]>('GET /api/v1/tickets')).length).toBe(2);
  expect((await cleaner.ask('GET /api/v1/tickets')).status).toBe(200);
  expect(await gateway.stop()).toBe(0);
}, 120_000);

const correction = (reason: string): object => ({
  day: '2026-11-01',
  stream: 'wet',
  station: 'k1',
  basis: 'collected',
  kg: 1,
  reason,
});

it('NUL, halves of letters and formulas are kept or refused, and break nothing', async () => {
  const gateway = await yardProcess();
  const { manager } = await people(gateway);
  for (const words of ['a\0b', 'a\u{D800}b', '\u{DFFF}', '\u{FFFF}', '\u{1B}[31mred', FORMULA]) {
    const raised = await manager.ask<TicketView>('POST /api/v1/tickets', {
      category: 'other',
      title: words,
      place: words,
      note: words,
    });
    expect.soft({ words, status: raised.status }).toEqual({
      words,
      status: expect.toBeOneOf([201, 422]),
    });
  }
  for (const start of ['+', '-', '@', '\t=', '=']) {
    const title = `${start}1+1 ${TITLE}`.slice(0, 200);
    await manager.ask('POST /api/v1/tickets', { category: 'noise', title, note: WORDS });
  }
  await report(gateway, { category: 'other', words: `${FORMULA}\0\u{D800}` });
  const list = await manager.say<TicketView[]>('GET /api/v1/tickets');
  expect(list.length).toBeGreaterThan(5);

  const csv = await fetch(`${gateway.url}/api/v1/problems.csv`, {
    headers: { cookie: manager.cookie },
  });
  expect(csv.status).toBe(200);
  // A cell that begins a formula is one that a spreadsheet runs.
  const cells = cellsIn(await csv.text());
  expect(cells.some((cell) => cell.includes('HYPERLINK'))).toBe(true);
  for (const cell of cells) expect.soft(cell).not.toMatch(/^[=@\t\r]|^[+-]\D|^[+-]\d+[+-]/);
  await gateway.kill();
  await gateway.start();
  expect((await manager.say<TicketView[]>('GET /api/v1/tickets')).length).toBe(list.length);
  expect(await gateway.stop()).toBe(0);
}, 120_000);

/** RFC 4180: quotes are doubled inside quotes. */
const cellsIn = (csv: string): string[] =>
  [...csv.matchAll(/(?:^|[,\n])(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
