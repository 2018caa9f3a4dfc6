import { randomInt } from 'node:crypto'

const letters = '0123456789abcdefghijklmnopqrstuv'

/** `00f1abc…`: 16 letters and digits, as EMR Serverless gives them to applications and runs. */
export const newId = (): string =>
  `00${Array.from({ length: 14 }, () => letters.charAt(randomInt(letters.length))).join('')}`
