import { refusal } from './define-cloudwatch-operation.ts'

/** One page of a list; the token is the place where the next one begins. */
export const pageOf = <T>(all: readonly T[], { size, token }: { size: number; token: string | undefined }) => {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString())
  if (!Number.isSafeInteger(start)) throw refusal('InvalidParameterValue', 'Invalid nextToken')
  const end = start + size
  return {
    items: all.slice(start, end),
    ...(end < all.length && { NextToken: Buffer.from(String(end)).toString('base64url') }),
  }
}
