import { randomInt } from 'node:crypto'
import * as z from 'zod'
import { document, flag, number, text } from '../property-values.ts'

export const generateSecretString = z.strictObject({
  PasswordLength: number.optional(),
  ExcludeCharacters: text.optional(),
  ExcludeLowercase: flag.optional(),
  ExcludeUppercase: flag.optional(),
  ExcludeNumbers: flag.optional(),
  ExcludePunctuation: flag.optional(),
  IncludeSpace: flag.optional(),
  RequireEachIncludedType: flag.optional(),
  SecretStringTemplate: text.optional(),
  GenerateStringKey: text.optional(),
})

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
const pick = (characters: string) => characters.charAt(randomInt(characters.length))

const password = (options: z.infer<typeof generateSecretString>): string => {
  const length = options.PasswordLength ?? 32
  const excluded = new Set(options.ExcludeCharacters)
  const kinds = [
    options.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    options.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    options.ExcludeNumbers ? '' : '0123456789',
    options.ExcludePunctuation ? '' : punctuation,
    options.IncludeSpace ? ' ' : '',
  ]
    .map((kind) =>
      Array.from(kind)
        .filter((character) => !excluded.has(character))
        .join(''),
    )
    .filter((kind) => kind !== '')
  const required = options.RequireEachIncludedType === false ? [] : kinds.map(pick)
  if (kinds.length === 0 || required.length > length)
    throw new Error('GenerateSecretString leaves no password to generate')
  const rest = Array.from({ length: length - required.length }, () => pick(kinds.join('')))
  const characters = [...required, ...rest]
  for (let at = characters.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1)
    ;[characters[at], characters[other]] = [characters[other] ?? '', characters[at] ?? '']
  }
  return characters.join('')
}

/** A random password, or the template's JSON with the password under the key. */
export const generatedSecret = (options: z.infer<typeof generateSecretString>): string => {
  const { SecretStringTemplate, GenerateStringKey } = options
  if ((SecretStringTemplate === undefined) !== (GenerateStringKey === undefined)) {
    throw new Error('SecretStringTemplate and GenerateStringKey belong together')
  }
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return password(options)
  return JSON.stringify({ ...document.parse(JSON.parse(SecretStringTemplate)), [GenerateStringKey]: password(options) })
}
