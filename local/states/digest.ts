import { createHash } from 'node:crypto'

const names: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
}

/** The algorithms of `States.Hash` and `$hash`. */
export const algorithms = Object.keys(names)

/** A text's digest in hexadecimal; undefined for an algorithm that Step Functions does not have. */
export const digest = (text: string, algorithm: string): string | undefined => {
  const name = Object.hasOwn(names, algorithm) ? names[algorithm] : undefined
  return name && createHash(name).update(text).digest('hex')
}
