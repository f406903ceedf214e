// Text as bytes, written one after the other into memory that is used again and again.
// A string of many pieces has to be put together and encoded once more at the socket, and each
// number in it is a string of its own first: that costs three times as much, and all of it has to be
// swept up. Promise: a number gets the digits that String(value) gives it, however they were found.

export interface BytePage {
  memory: Uint8Array;
  /** How much of it is written. */
  end: number;
}

const FIRST_SIZE = 65_536;
/** No number is longer. */
const LONGEST_NUMBER = 32;
/** What is below it has exact thousandths, and its whole part fits into the quicker kind of number. */
const LARGE = 2 ** 31;
const [ZERO, MINUS, POINT] = [48, 45, 46];

export const emptyPage = (): BytePage => ({ memory: new Uint8Array(FIRST_SIZE), end: 0 });

/** A copy of what is written; the page may be written anew. */
export const copyOf = ({ memory, end }: BytePage): Uint8Array => memory.slice(0, end);

export function putBytes(page: BytePage, bytes: Uint8Array): void {
  makeRoom(page, bytes.length);
  const { memory, end } = page;
  // A loop: for so few bytes `set` takes twice as long.
  for (let index = 0; index < bytes.length; index += 1) {
    memory[end + index] = bytes[index] as number;
  }
  page.end = end + bytes.length;
}

/** A whole number from 0 to 2 ** 31 - 1 with `count` digits, zeros in front. */
export function putDigits(page: BytePage, value: number, count: number): void {
  makeRoom(page, count);
  const { memory, end } = page;
  let rest = value | 0;
  for (let at = end + count - 1; at >= end; at -= 1) {
    const tenth = (rest / 10) | 0;
    memory[at] = ZERO + rest - 10 * tenth;
    rest = tenth;
  }
  page.end = end + count;
}

/** As String(value) has it. */
export function putNumber(page: BytePage, value: number): void {
  makeRoom(page, LONGEST_NUMBER);
  const size = Math.abs(value);
  // Nearly all that sensors say: then its shortest digits are those of its thousandths.
  if (size < LARGE && Math.round(size * 1000) / 1000 === size) {
    if (value < 0) putLetter(page, MINUS);
    putThousandths(page, size);
  } else {
    const text = String(value);
    for (let at = 0; at < text.length; at += 1) putLetter(page, text.charCodeAt(at));
  }
}

function putThousandths(page: BytePage, size: number): void {
  const whole = Math.floor(size);
  putDigits(page, whole, digitsOf(whole));
  const part = Math.round((size - whole) * 1000);
  if (part === 0) return;
  putLetter(page, POINT);
  if (part % 100 === 0) putDigits(page, part / 100, 1);
  else if (part % 10 === 0) putDigits(page, part / 10, 2);
  else putDigits(page, part, 3);
}

function putLetter(page: BytePage, code: number): void {
  page.memory[page.end] = code;
  page.end += 1;
}

function digitsOf(whole: number): number {
  let count = 1;
  for (let limit = 10; whole >= limit; limit *= 10) count += 1;
  return count;
}

function makeRoom(page: BytePage, size: number): void {
  if (page.end + size <= page.memory.length) return;
  const larger = new Uint8Array(2 * page.memory.length + size);
  larger.set(page.memory);
  page.memory = larger;
}
