import { describe, expect, it } from 'vitest';
import { face, problemIn } from './face.ts';

describe('/docs', () => {
  it('is a page of one style sheet and two scripts, all of them our own', async () => {
    const { get } = await face();
    const page = await get('/docs');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const asked = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '');
    expect(asked).toHaveLength(4);
    for (const url of asked) {
      expect(url).toMatch(/^\/docs\//);
      expect((await get(url)).statusCode).toBe(200);
    }
  });

  it('keeps the policy of every other page: nothing inline, nothing from elsewhere', async () => {
    const { get } = await face();
    const page = await get('/docs');
    const home = await get('/');
    expect(page.headers['content-security-policy']).toBe(home.headers['content-security-policy']);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect(page.body).not.toMatch(/<script>|<style|\son\w+=|https?:/);
  });

  it('gives no other file of the package away', async () => {
    const { get } = await face();
    problemIn(await get('/docs/package.json'), 404);
    problemIn(await get('/docs/../package.json'), 404);
    problemIn(await get('/docs/%2e%2e/package.json'), 404);
  });

  it('stands in no API document', async () => {
    const { get } = await face();
    expect((await get('/openapi.json')).body).not.toContain('"/docs');
  });
});
