// What a topic, a client id and a user name may be made of. The library takes any UTF-8, the null
// character and what a terminal obeys included, and makes U+FFFD of bytes that are no UTF-8 at all.

/** Ours have some sixty; devices with topics of their own more. */
export const LONGEST_TOPIC = 512;
/** As the library's `maxTopicLevels`: deeper ones cost every match. */
export const MOST_LEVELS = 8;

/** MQTT 3.1.1, 1.5.3: control characters, halves of surrogate pairs, non-characters. */
const ODD = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/u;

export const isPlain = (text: string): boolean => !ODD.test(text);

/** A topic to publish on, as far as its letters say. */
export const isTopic = (text: string): boolean => isFilter(text) && !/[#+]/.test(text);

/** A topic or a filter; where its wildcards stand is the library's to check. */
export function isFilter(text: string): boolean {
  if (text.length === 0 || text.length > LONGEST_TOPIC || !isPlain(text)) return false;
  return text.split('/').length <= MOST_LEVELS;
}

/** Letters, digits and a few marks: nothing that means something in a topic, a log line or a page. */
const CLIENT_ID = /^[A-Za-z0-9._:-]{1,64}$/;

export const isClientId = (text: string): boolean => CLIENT_ID.test(text);

/** Foreign tools call themselves as they like, in letters that harm nobody. */
export const isForeignId = (text: string): boolean =>
  text.length > 0 && text.length <= 64 && isPlain(text) && !/[#+/$<>"'&]/.test(text);
