import { describe, expect, it } from 'vitest';
import { DECODERS } from '../../gateway/decode/index.ts';
import { mtSics } from '../../gateway/decode/mt-sics.ts';
import { textMessage } from './sample-message.ts';

const read = (options: Readonly<Record<string, unknown>>) =>
  mtSics.decode(textMessage('S S 12.34'), options);

describe('options of a card', () => {
  it.each<[fact: string, options: Readonly<Record<string, unknown>>, detail: string]>([
    ['a word that is none of its own', { unit: 'stone' }, 'options.unit must be equal to one of'],
    ['a name that it does not have', { units: 'kg' }, 'must not have additional properties'],
    ['a number for a word', { unit: 1 }, 'options.unit must be equal to one of'],
  ])('%s refuses every message and says so', (_, options, detail) => {
    const { frames, refused } = read(options);
    expect(frames).toEqual([]);
    expect(refused).toMatchObject([{ reason: 'unknown-decoder' }]);
    expect(refused[0]?.detail).toContain(detail);
    expect(read(options)).toEqual({ frames, refused });
  });

  it('frozen ones are read, and stay as they are', () => {
    const options = Object.freeze({ unit: 'kg' });
    expect(read(options).frames[0]?.measured).toEqual([{ quantity: 'gross', value: 12.34 }]);
    expect(options).toEqual({ unit: 'kg' });
  });

  it('all have a title and a description, and a default or an example', () => {
    const options = DECODERS.flatMap((card) =>
      Object.entries(card.options.properties).map(([name, facts]) => ({ name, ...facts })),
    );
    expect(options.length).toBeGreaterThan(10);
    expect(
      options.filter((each) => {
        const { title, description, default: absent, examples } = each as Record<string, unknown>;
        return !title || !description || (absent === undefined && !examples);
      }),
    ).toEqual([]);
  });
});
