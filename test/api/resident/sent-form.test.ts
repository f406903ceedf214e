// How much of what is sent is held in memory at once, over all who send.
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { createFormReading, type SentForm } from '../../../gateway/api/resident/sent-form.ts';
import { formOf } from './sent.ts';

const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(60_000)]);
const FORM = { 'content-type': 'multipart/form-data; boundary=resident-line' };

/** @param most bytes of photos in memory, over all */
async function house(most: number) {
  const app = fastify();
  onTestFinished(() => app.close());
  await app.register(multipart);
  const readForm = createFormReading(most);
  const forms: SentForm[] = [];
  let answerAll = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answerAll = resolve;
  });
  app.post('/:when', async (request, reply) => {
    forms.push(await readForm(request, reply));
    if (request.url === '/later') await answered;
    return 'ok';
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const send = async (when: 'now' | 'later', ...photos: Uint8Array[]): Promise<SentForm> => {
    const before = forms.length;
    const body = new Uint8Array(formOf({ words: '满了' }, photos));
    const answer = fetch(`${url}/${when}`, { method: 'POST', headers: FORM, body });
    if (when === 'now') await answer;
    await expect.poll(() => forms.length).toBe(before + 1);
    return forms.at(-1) as SentForm;
  };
  return { send, answerAll };
}

it('whoever sends photos while memory is full keeps the words and is told to come again', async () => {
  const { send, answerAll } = await house(100_000);
  expect((await send('later', PHOTO)).photos).toHaveLength(1);
  const second = await send('now', PHOTO);
  expect([second.photos, second.mistakes, second.field('words')]).toEqual([[], ['busy'], '满了']);
  expect((await send('now')).mistakes).toEqual([]);
  answerAll();
  await expect.poll(async () => (await send('now', PHOTO)).mistakes).toEqual([]);
});

it('a form that is cut off is said to be, with what came of it', async () => {
  const app = fastify();
  await app.register(multipart);
  const readForm = createFormReading();
  app.post('/', async (request, reply) => {
    const form = await readForm(request, reply);
    return { words: form.field('words'), mistakes: form.mistakes };
  });
  const whole = formOf({ words: '满了' }, [PHOTO]);
  const answer = await app.inject({
    method: 'POST',
    url: '/',
    headers: FORM,
    payload: whole.subarray(0, whole.length - 30_000),
  });
  expect(answer.json()).toEqual({ words: '满了', mistakes: ['form-cut'] });
});

it('more parts than a form has is too large, and no more than that', async () => {
  const app = fastify();
  await app.register(multipart);
  const readForm = createFormReading();
  app.post('/', async (request, reply) => (await readForm(request, reply)).mistakes);
  const fields = Object.fromEntries(Array.from({ length: 40 }, (_, nth) => [`f${nth}`, 'x']));
  const payload = formOf(fields);
  const answer = await app.inject({ method: 'POST', url: '/', headers: FORM, payload });
  expect(answer.json()).toEqual(['form-large']);
});
