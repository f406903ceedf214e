import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../tools.ts';
import { face, problemIn } from './face.ts';

function builtScreens(): string {
  const folder = path.join(temporaryFolder(), 'dashboards');
  for (const page of ['', 'kiosk', 'engineer', 'manager']) {
    mkdirSync(path.join(folder, page), { recursive: true });
    writeFileSync(path.join(folder, page, 'index.html'), `<title>${page || 'start'}</title>`);
  }
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'assets', 'kiosk-4f2a.js'), 'start();');
  writeFileSync(path.join(folder, 'assets', '.secret'), 'hidden');
  writeFileSync(path.join(folder, '..', 'outside.txt'), 'outside');
  return folder;
}

describe('the screens', () => {
  it.each([
    ['/', 'start'],
    ['/kiosk/k1', 'kiosk'],
    ['/kiosk/nowhere?lang=en', 'kiosk'],
    ['/engineer', 'engineer'],
    ['/engineer/tickets/ticket-1', 'engineer'],
    ['/manager?from=2026-11-01&to=2026-11-30', 'manager'],
  ])('%s is the page of the %s', async (url, title) => {
    const { get } = await face({ screensDir: builtScreens() });
    const response = await get(url);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    expect(response.body).toBe(`<title>${title}</title>`);
  });

  it('a page is asked for anew each time, and not sent again while it is the same', async () => {
    const { get } = await face({ screensDir: builtScreens() });
    const first = await get('/engineer');
    expect(first.headers['cache-control']).toBe('no-cache');
    const again = await get('/engineer', { 'if-none-match': String(first.headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('an asset, whose name says what is in it, is kept for good', async () => {
    const { get } = await face({ screensDir: builtScreens() });
    const response = await get('/assets/kiosk-4f2a.js');
    expect(response.body).toBe('start();');
    expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(response.headers['content-type']).toMatch(/javascript; charset=utf-8$/);
  });

  it('a page’s head can be asked for alone', async () => {
    const { app } = await face({ screensDir: builtScreens() });
    const response = await app.inject({ method: 'HEAD', url: '/' });
    expect([response.statusCode, response.body]).toEqual([200, '']);
    expect(response.headers['content-length']).toBe('20');
  });

  it.each([
    '/assets/gone.js',
    '/assets/.secret',
    '/assets/../index.html',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/%2e%2e/outside.txt',
    '/assets/%2e%2e%2f%2e%2e%2foutside.txt',
    '/assets/..%5c..%5coutside.txt',
    '/assets/%252e%252e%252foutside.txt',
    '/assets//etc/passwd',
    '/assets/x%00.js',
  ])('%s reaches nothing', async (url) => {
    const { get } = await face({ screensDir: builtScreens() });
    const response = await get(url);
    expect([403, 404, 400]).toContain(response.statusCode);
    problemIn(response, response.statusCode);
    expect(response.body).not.toMatch(/outside|hidden|<title>/);
  });

  it.each([{}, { screensDir: '/nowhere/dist/dashboards' }])(
    'say how to build them where they are not built: %j',
    async (options) => {
      const { get } = await face(options);
      const response = await get('/');
      expect(response.statusCode).toBe(503);
      expect(response.headers['content-type']).toMatch(/^text\/html/);
      expect(response.body).toContain('npm run build');
      problemIn(await get('/assets/kiosk-4f2a.js'), 404);
    },
  );

  it('screens that are built while the gateway runs are there without a restart', async () => {
    const folder = path.join(temporaryFolder(), 'later');
    const { get } = await face({ screensDir: folder });
    expect((await get('/')).statusCode).toBe(503);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'index.html'), 'built');
    expect((await get('/')).body).toBe('built');
  });
});
