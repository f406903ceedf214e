// The secret of a follow link: told once, kept as a digest. Whoever reads the store cannot follow
// anybody's report.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 192 random bits as 32 letters. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

export const isSecret = (text: string): boolean => /^[\w-]{32}$/.test(text);

export const secretDigestOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');

export const isDigest = (known: string, shown: string): boolean =>
  known.length === shown.length && timingSafeEqual(Buffer.from(known), Buffer.from(shown));
