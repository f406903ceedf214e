import { describe, expect, it } from 'vitest';
import { face } from './face.ts';

describe('the gateway’s own health', () => {
  it('the process says that it is up even while the house behind it is broken', async () => {
    const { desk, get } = await face();
    desk.breakWith(new Error('no store'));
    expect((await get('/healthz')).json()).toEqual({ status: 'up' });
  });

  it('a gateway fit for work is ready', async () => {
    const { get } = await face();
    const response = await get('/readyz');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ ready: true, store: 'ok', broker: 'ok', disk: 'ok' });
  });

  it('a gateway whose store fails is not ready, and says what is wrong', async () => {
    const { desk, get } = await face();
    desk.setReadiness({ ready: false, store: 'failing', detail: ['disk full'] });
    const response = await get('/readyz');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({
      ready: false,
      store: 'failing',
      detail: ['disk full'],
    });
  });

  it('the version is told', async () => {
    const { get } = await face();
    expect((await get('/version')).json()).toEqual({ name: 'courtyard', version: '1.2.3' });
  });
});
