// The real process, whose store is behind a file that should be a folder.
import { rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { gatewayProcess } from '../e2e/gateway-process.ts';
import { LINK_SITE } from '../e2e/link-site.ts';
import { until } from '../tools.ts';

it('a gateway that cannot open its store says why, tries again, and starts once it can', async () => {
  const gateway = await gatewayProcess(LINK_SITE);
  writeFileSync(`${gateway.dir}/store`, '');
  const started = gateway.start();
  const ask = async (path: string, accept = '*/*'): Promise<[number, string]> => {
    const answer = await fetch(gateway.url + path, { headers: { accept } }).catch(() => undefined);
    return answer ? [answer.status, await answer.text()] : [0, ''];
  };
  await until('it answers', async () => (await ask('/healthz'))[0] === 200, 30_000);

  const [status, ready] = await ask('/readyz');
  expect(status).toBe(503);
  expect(JSON.parse(ready)).toMatchObject({
    ready: false,
    store: 'failing',
    detail: [expect.stringContaining(`opening the store in ${gateway.dir}/store`)],
  });
  const [refusal, problem] = await ask('/api/v1/assets');
  expect(refusal).toBe(503);
  expect(JSON.parse(problem)).toMatchObject({
    type: 'urn:courtyard:fault:store-unavailable',
    status: 503,
  });
  const [, page] = await ask('/', 'text/html');
  expect(page).toContain('tries again every ten seconds');
  expect(gateway.output()).toContain('store-unavailable');

  rmSync(`${gateway.dir}/store`);
  await started;
  expect(await gateway.get('/api/v1/assets')).toHaveLength(3);
  expect(await gateway.stop()).toBe(0);
});

it('a gateway that waits for its store stops when it is told to', async () => {
  const gateway = await gatewayProcess(LINK_SITE);
  writeFileSync(`${gateway.dir}/store`, '');
  const started = gateway.start().catch(() => undefined);
  await until('it waits', () => gateway.output().includes('store-unavailable'), 30_000);
  expect(await gateway.stop()).toBe(0);
  await started;
});
