import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type * as z from 'zod'
import { InvalidSecret } from './errors.ts'
import { fieldProblems, inWords } from './field-problems.ts'

/** Reads one secret of Secrets Manager. */
export interface SecretReader<T> {
  /** The secret, at most `maxAgeMs` old; older only while Secrets Manager does not give a newer one. */
  get(): Promise<T>
  /** The secret as it is now: for one more try after its key was refused. */
  refetch(): Promise<T>
}

export interface SecretOptions {
  /** Five minutes by default. */
  maxAgeMs?: number
  client?: Pick<SecretsManagerClient, 'send'>
  now?: () => number
}

const tryAgainMs = 30_000

/**
 * A reader of the secret `id` (a name or an ARN), whose string is JSON of the shape of `schema`. Callers at the same
 * time share one request. Throws {@link InvalidSecret}, or the SDK's error when the secret cannot be read.
 */
export const secretReader = <S extends z.ZodType>(
  id: string,
  schema: S,
  { maxAgeMs = 300_000, client = new SecretsManagerClient({}), now = Date.now }: SecretOptions = {},
): SecretReader<z.output<S>> => {
  let known: { value: z.output<S>; freshUntil: number } | undefined
  let reading: Promise<z.output<S>> | undefined

  const read = async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }))
    const parsed = schema.safeParse(jsonOf(id, SecretString))
    if (!parsed.success) throw new InvalidSecret(`secret ${id}: ${inWords(fieldProblems(parsed.error))}`)
    return parsed.data
  }
  const readAndKeep = async () => {
    try {
      const value = await read()
      known = { value, freshUntil: now() + maxAgeMs }
      return value
    } finally {
      reading = undefined
    }
  }
  const refetch = () => (reading ??= readAndKeep())
  return {
    get: async () => {
      if (known === undefined) return refetch()
      if (now() < known.freshUntil) return known.value
      const { value } = known
      return refetch().catch(() => {
        known = { value, freshUntil: now() + tryAgainMs }
        return value
      })
    },
    refetch,
  }
}

const jsonOf = (id: string, text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '')
  } catch {
    throw new InvalidSecret(`secret ${id} is not JSON`)
  }
}
