const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g

/** JSON in which numbers are texts, digit by digit: `JSON.parse` rounds those that a double cannot hold. */
export const withNumbersAsText = (json: string): string =>
  json.replace(textOrNumber, (token) => (token.startsWith('"') ? token : `"${token}"`))
