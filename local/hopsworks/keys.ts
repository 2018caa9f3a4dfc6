import { randomInt, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'

/** Scopes of Hopsworks that a request here can need. */
export const keyScope = z.enum([
  'project',
  'featurestore',
  'job',
  'kafka',
  'dataset_view',
  'dataset_create',
  'dataset_delete',
])
export type KeyScope = z.infer<typeof keyScope>

/** `featurestore:write` divides the real scope `featurestore`: a predictor's key reads vectors and changes nothing. */
export type Scope = KeyScope | 'featurestore:write'

export interface ApiKey {
  readonly username: string
  readonly role: 'Data owner' | 'Data scientist'
  readonly scopes: ReadonlySet<Scope>
}

const stored = z.object({
  writer: z.string(),
  reader: z.string(),
  named: z.record(z.string(), z.string()).default({}),
})
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const random = (length: number) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
const newKey = () => `${random(16)}.${random(64)}`

export const writer: ApiKey = {
  username: 'meb10000',
  role: 'Data owner',
  scopes: new Set([...keyScope.options, 'featurestore:write']),
}
export const reader: ApiKey = {
  username: 'reader00',
  role: 'Data scientist',
  scopes: new Set(['project', 'featurestore', 'dataset_view']),
}

/** A key of the writer's with some scopes, as a real `featurestore` gives them: to write as well. */
const withScopes = (scopes: readonly KeyScope[]): ApiKey => ({
  ...writer,
  scopes: new Set<Scope>([...scopes, ...(scopes.includes('featurestore') ? ['featurestore:write' as const] : [])]),
})

export interface Keys {
  readonly writer: string
  readonly reader: string
  /** Keys that were asked for, by name. */
  readonly named: Readonly<Record<string, string>>
  /** Whose key it is; undefined for one that is not known. */
  find(key: string): ApiKey | undefined
}

const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/**
 * The API keys kept in `file`: the writer's and the reader's, made at the first start, and one for each name in `wanted`,
 * with these scopes. One that is not wanted any more is revoked.
 */
export const openKeys = (file: string, wanted: ReadonlyMap<string, readonly KeyScope[]> = new Map()): Keys => {
  const last = existsSync(file)
    ? stored.parse(JSON.parse(readFileSync(file, 'utf8')))
    : { writer: newKey(), reader: newKey(), named: {} }
  const named = Object.fromEntries([...wanted.keys()].map((name) => [name, last.named[name] ?? newKey()]))
  writeFileSync(file, JSON.stringify({ ...last, named }), { mode: 0o600 })
  const known: [string, ApiKey][] = [
    [last.writer, writer],
    [last.reader, reader],
    ...[...wanted].map(([name, scopes]): [string, ApiKey] => [named[name] ?? '', withScopes(scopes)]),
  ]
  return {
    writer: last.writer,
    reader: last.reader,
    named,
    find: (key) => known.find(([text]) => same(key, text))?.[1],
  }
}
