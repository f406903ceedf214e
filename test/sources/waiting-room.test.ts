import { describe, expect, it } from 'vitest';
import { createWaitingRoom, neighbourhood } from '../../gateway/sources/waiting-room.ts';

function room(perAddress: number, inAll: number) {
  const gone: string[] = [];
  return { gone, room: createWaitingRoom<string>({ perAddress, inAll }, (one) => gone.push(one)) };
}

describe('the waiting room', () => {
  it('lets whoever comes in, and sends the longest waiting of the same address away', () => {
    const { gone, room: door } = room(2, 10);
    for (const name of ['a1', 'a2', 'a3']) door.enter(name, 'a');
    door.enter('b1', 'b');
    expect(gone).toEqual(['a1']);
    expect(door.count()).toBe(3);
  });

  it('sends away from the fullest address when there is room for no more in all', () => {
    const { gone, room: door } = room(3, 5);
    door.enter('b1', 'b');
    for (const name of ['a1', 'a2', 'a3']) door.enter(name, 'a');
    door.enter('c1', 'c');
    door.enter('d1', 'd');
    door.enter('e1', 'e');
    expect(gone).toEqual(['a1', 'a2']);
  });

  it('has room again when one has left, however often it says so', () => {
    const { gone, room: door } = room(2, 10);
    door.enter('a1', 'a');
    door.enter('a2', 'a');
    door.leave('a1');
    door.leave('a1');
    door.leave('stranger');
    door.enter('a3', 'a');
    expect(gone).toEqual([]);
    expect(door.count()).toBe(2);
  });
});

describe('a neighbourhood', () => {
  it.each([
    ['192.168.1.7', '192.168.1.7'],
    ['::ffff:192.168.1.7', '192.168.1.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('of %s is %s', (address, expected) => {
    expect(neighbourhood(address)).toBe(expected);
  });
});
