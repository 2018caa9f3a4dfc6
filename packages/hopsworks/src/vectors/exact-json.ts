const longInteger = /[[:,]\s*-?\d{16}/
const textOrLongNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]{15,}/g

/** Whether a JSON text may hold an integer that `JSON.parse` would round. */
export const hasLongIntegers = (json: string): boolean => longInteger.test(json)

/** JSON in which numbers of 16 characters and more are texts instead, digit by digit. */
export const withLongNumbersAsText = (json: string): string =>
  json.replace(textOrLongNumber, (token) => (token.startsWith('"') ? token : `"${token}"`))
