// A photo that was taken in: made anew from what was sent, under a name that says nothing.
import type { Instant } from './time.ts';

export interface Photo {
  /** 128 random bits as 32 hexadecimal digits: the name of its file, and of nothing else. */
  readonly id: string;
  readonly ticket: string;
  readonly by: string;
  readonly at: Instant;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  /** SHA-256 of the file in hexadecimal digits. */
  readonly sha256: string;
}

/** Why a file is not taken as a photo. */
export const PHOTO_REFUSALS = [
  'heic',
  'not-a-photo',
  'broken',
  'too-many-pixels',
  'too-many-today',
  'disk-low',
] as const;
export type PhotoRefusal = (typeof PHOTO_REFUSALS)[number];

export const isPhotoId = (id: string): boolean => /^[0-9a-f]{32}$/.test(id);
