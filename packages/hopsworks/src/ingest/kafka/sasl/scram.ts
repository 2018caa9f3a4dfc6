import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(pbkdf2)

export interface ScramCredentials {
  readonly username: string
  readonly password: string
}

/** Half of the conversation: what to send first, then what to answer, and whether the server knew the password. */
export interface Scram {
  readonly first: Buffer
  answer(serverFirst: string): Promise<{ readonly final: Buffer; verify(serverFinal: string): boolean }>
}

const leastIterations = 4096

/** SASL SCRAM by RFC 5802 with SHA-256 or SHA-512, without channel binding, as Kafka speaks it. */
export function scram(
  digest: 'sha256' | 'sha512',
  { username, password }: ScramCredentials,
  nonce = randomBytes(24).toString('base64'),
): Scram {
  const name = username.replaceAll('=', '=3D').replaceAll(',', '=2C')
  const bare = `n=${name},r=${nonce}`
  const hmac = (key: Buffer, text: string) => createHmac(digest, key).update(text).digest()
  return {
    first: Buffer.from(`n,,${bare}`),
    async answer(serverFirst) {
      const { r = '', s = '', i = '' } = attributes(serverFirst)
      const iterations = Number(i)
      if (!r.startsWith(nonce) || r === nonce || !(iterations >= leastIterations)) {
        throw new Error('the server broke the SCRAM protocol')
      }
      const keyBytes = digest === 'sha256' ? 32 : 64
      const salted = await derive(password.normalize('NFKC'), Buffer.from(s, 'base64'), iterations, keyBytes, digest)
      const clientKey = hmac(salted, 'Client Key')
      const withoutProof = `c=biws,r=${r}`
      const message = `${bare},${serverFirst},${withoutProof}`
      const signature = hmac(createHash(digest).update(clientKey).digest(), message)
      const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))
      const expected = hmac(hmac(salted, 'Server Key'), message)
      return {
        final: Buffer.from(`${withoutProof},p=${Buffer.from(proof).toString('base64')}`),
        verify(serverFinal) {
          const given = Buffer.from(attributes(serverFinal)['v'] ?? '', 'base64')
          return given.length === expected.length && timingSafeEqual(given, expected)
        },
      }
    },
  }
}

const attributes = (message: string): Readonly<Record<string, string>> =>
  Object.fromEntries(message.split(',').map((part) => [part.slice(0, 1), part.slice(2)]))
