import { wildcardTokens } from './wildcard-tokens.ts'

/** `{"wildcard": "dir/*.csv"}`: whether text fits as a whole. Linear in the text for a bounded number of stars. */
export const wildcard = (pattern: string): ((text: string) => boolean) => {
  const tokens = wildcardTokens(pattern)
  return (text) => {
    let at = 0
    let token = 0
    let retry: { readonly token: number; readonly at: number } | undefined
    while (at < text.length) {
      const wanted = tokens[token]
      if (wanted === 'any') retry = { token: ++token, at }
      else if (wanted?.literal === text.charAt(at)) {
        token++
        at++
      } else if (retry) {
        retry = { token: retry.token, at: retry.at + 1 }
        token = retry.token
        at = retry.at
      } else return false
    }
    return tokens.slice(token).every((left) => left === 'any')
  }
}
