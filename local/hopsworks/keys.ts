import { randomInt, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'

/** `featurestore:write` divides the real scope `featurestore`: a predictor's key reads vectors and changes nothing. */
export type Scope = 'project' | 'featurestore' | 'featurestore:write' | 'job' | 'dataset_view'

export interface ApiKey {
  readonly username: string
  readonly role: 'Data owner' | 'Data scientist'
  readonly scopes: ReadonlySet<Scope>
}

const stored = z.object({ writer: z.string(), reader: z.string() })
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const random = (length: number) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

export const writer: ApiKey = {
  username: 'meb10000',
  role: 'Data owner',
  scopes: new Set(['project', 'featurestore', 'featurestore:write', 'job', 'dataset_view']),
}
export const reader: ApiKey = {
  username: 'reader00',
  role: 'Data scientist',
  scopes: new Set(['project', 'featurestore', 'dataset_view']),
}

export interface Keys {
  readonly writer: string
  readonly reader: string
  /** Whose key it is; undefined for one that is not known. */
  find(key: string): ApiKey | undefined
}

const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** The two API keys kept in `file`, made at the first start. */
export const openKeys = (file: string): Keys => {
  if (!existsSync(file)) {
    const made = { writer: `${random(16)}.${random(64)}`, reader: `${random(16)}.${random(64)}` }
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
  }
  const keys = stored.parse(JSON.parse(readFileSync(file, 'utf8')))
  return {
    ...keys,
    find: (key) => (same(key, keys.writer) ? writer : same(key, keys.reader) ? reader : undefined),
  }
}
