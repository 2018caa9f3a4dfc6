import type { AwsError } from './errors.ts'

const encode = (place: number) => Buffer.from(String(place)).toString('base64url')
const decode = (token: string) => {
  const text = Buffer.from(token, 'base64url').toString()
  return /^\d+$/.test(text) ? Number(text) : undefined
}

/** One page of a list; the token is the place where the next one begins. Throws `invalid` for a token of somebody else's. */
export const pageOf = <T>(
  all: readonly T[],
  { limit, token, invalid }: { limit: number; token: string | undefined; invalid: AwsError },
) => {
  const start = token === undefined ? 0 : decode(token)
  if (start === undefined) throw invalid
  const end = start + limit
  return { items: all.slice(start, end), NextToken: end < all.length ? encode(end) : undefined }
}
