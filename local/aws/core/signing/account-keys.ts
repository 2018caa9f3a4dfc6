import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Credentials } from '../platform.ts'
import type { Principal } from '../operation.ts'
import type { Store } from '../store.ts'

/** The account's own key, and what its sessions are sealed with. */
export interface AccountKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionKey: string
}

/** What a session token says about itself. */
interface Session {
  readonly accessKeyId: string
  readonly roleArn: string
  readonly name: string
  /** Milliseconds since 1970; a session of a process that this platform runs has none. */
  readonly expires?: number
}

/** A key that signed a request. */
export interface SigningKey {
  readonly secretAccessKey: string
  readonly principal: Principal
  readonly expires?: number
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const accessKeyId = (kind: 'AKIA' | 'ASIA') => kind + Array.from(randomBytes(16), (byte) => base32[byte & 31]).join('')
const keyed = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64url')

const madeOrKept = (store: Store): AccountKeys => {
  const table = store.table<AccountKeys>('core.account-keys')
  const kept = table.get('root')
  if (kept) return kept
  const made = {
    accessKeyId: accessKeyId('AKIA'),
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionKey: randomBytes(32).toString('base64'),
  }
  table.put('root', made)
  return made
}

const known = new WeakMap<Store, AccountKeys>()

/** The keys of the account, made once and kept; every request asks for them. */
export const accountKeys = (store: Store): AccountKeys => {
  const keys = known.get(store) ?? madeOrKept(store)
  known.set(store, keys)
  return keys
}

/** Credentials of a role's session; the token carries the session, so nothing is stored. */
export const sessionCredentials = (
  { sessionKey }: AccountKeys,
  session: { roleArn: string; name: string; expires?: number },
): Credentials => {
  const id = accessKeyId('ASIA')
  const content = Buffer.from(JSON.stringify({ accessKeyId: id, ...session })).toString('base64url')
  return {
    accessKeyId: id,
    secretAccessKey: keyed(sessionKey, `secret ${content}`),
    sessionToken: `${content}.${keyed(sessionKey, `token ${content}`)}`,
  }
}

/** `arn:aws:iam::1:role/path/Name` and a session's name → `arn:aws:sts::1:assumed-role/Name/session`. */
export const sessionArn = (roleArn: string, name: string): string => {
  const [account, role] = [roleArn.split(':')[4], roleArn.split('/').at(-1)]
  return `arn:aws:sts::${account}:assumed-role/${role}/${name}`
}

/** A role's session as a caller. */
export const roleSession = (roleArn: string, name: string): Principal => ({
  kind: 'role',
  arn: sessionArn(roleArn, name),
  roleArn,
})

/** The key behind an id and token, or undefined when this account never gave them out. */
export const signingKey = (
  keys: AccountKeys,
  account: string,
  id: string,
  token: string | undefined,
): SigningKey | undefined => {
  if (!token) {
    if (id !== keys.accessKeyId) return undefined
    return {
      secretAccessKey: keys.secretAccessKey,
      principal: { kind: 'root', arn: `arn:aws:iam::${account}:root` },
    }
  }
  const [content = '', seal = ''] = token.split('.')
  const expected = Buffer.from(keyed(keys.sessionKey, `token ${content}`))
  const given = Buffer.from(seal)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
  const session: Session = JSON.parse(Buffer.from(content, 'base64url').toString())
  if (session.accessKeyId !== id) return undefined
  return {
    secretAccessKey: keyed(keys.sessionKey, `secret ${content}`),
    principal: roleSession(session.roleArn, session.name),
    ...(session.expires === undefined ? {} : { expires: session.expires }),
  }
}
