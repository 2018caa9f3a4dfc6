import { createHash } from 'node:crypto'

/** The same number for the same seed, from 0 to below 1; any number without one. */
export const seededRandom = (seed?: number): number =>
  seed === undefined ? Math.random() : createHash('sha256').update(String(seed)).digest().readUInt32BE() / 2 ** 32
