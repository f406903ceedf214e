import { describe, expect, it } from 'vitest';
import { createCloseStack } from '../../gateway/ops/close-stack.ts';

describe('what was opened', () => {
  it('is closed in the opposite order, each after the one before has ended', async () => {
    const stack = createCloseStack();
    const said: string[] = [];
    for (const name of ['store', 'fold', 'server']) {
      stack.push(name, async () => {
        said.push(`${name} closes`);
        await Promise.resolve();
        said.push(`${name} closed`);
      });
    }
    await stack.close();
    expect(said).toEqual(
      ['server', 'fold', 'store'].flatMap((name) => [`${name} closes`, `${name} closed`]),
    );
  });

  it('is closed whatever the others do, and all that went wrong is told by name', async () => {
    const stack = createCloseStack();
    const closed: string[] = [];
    const stuck = new Error('stuck');
    stack.push('store', () => void closed.push('store'));
    stack.push('fold', () => Promise.reject(stuck));
    stack.push('server', () => {
      throw new Error('gone');
    });
    await expect(stack.close()).rejects.toMatchObject({
      errors: [{ message: 'closing server' }, { message: 'closing fold', cause: stuck }],
    });
    expect(closed).toEqual(['store']);
  });

  it('is closed once', async () => {
    const stack = createCloseStack();
    let times = 0;
    stack.push('store', () => void (times += 1));
    await Promise.all([stack.close(), stack.close()]);
    await stack.close();
    expect(times).toBe(1);
  });

  it('while others are being closed is closed with them', async () => {
    const stack = createCloseStack();
    const closed: string[] = [];
    stack.push('server', () => stack.push('late', () => void closed.push('late')));
    await stack.close();
    expect(closed).toEqual(['late']);
  });
});
