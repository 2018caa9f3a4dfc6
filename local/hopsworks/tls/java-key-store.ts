import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import * as der from './der.ts'

/**
 * Java's own key store format (JKS version 2, as `java.security.KeyStore` writes it), which the Python SDK takes its
 * certificates for Kafka from.
 */
const magic = 0xfeedfeed
const version = 2
const tags = { key: 1, trusted: 2 }
const protector = der.sequence(der.oid('1.3.6.1.4.1.42.2.17.1.1'), der.nothing())

const sha1 = (...parts: Uint8Array[]) => createHash('sha1').update(Buffer.concat(parts)).digest()

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const text = (value: string) => {
  const bytes = Buffer.from(value, 'ascii')
  return Buffer.concat([Buffer.from([0, bytes.length]), bytes])
}
const sized = (bytes: Buffer) => Buffer.concat([int32(bytes.length), bytes])

const wide = (password: string) => Buffer.from(password, 'utf16le').swap16()
const certificate = (pem: string) => Buffer.concat([text('X.509'), sized(new X509Certificate(pem).raw)])
const entry = (tag: number, alias: string) => Buffer.concat([int32(tag), text(alias), Buffer.alloc(8)])

/** Hides a private key (PKCS #8, DER): a stream of hashes over it, a hash of both behind it. */
const hidden = (key: Buffer, password: Buffer): Buffer => {
  const salt = randomBytes(20)
  const masked = Buffer.from(key)
  let mask = salt
  for (let at = 0; at < masked.length; at++) {
    if (at % mask.length === 0) mask = sha1(password, mask)
    masked[at] = (masked[at] ?? 0) ^ (mask[at % mask.length] ?? 0)
  }
  return der.sequence(protector, der.octets(Buffer.concat([salt, masked, sha1(password, key)])))
}

const store = (entries: readonly Buffer[], password: Buffer): string => {
  const body = Buffer.concat([int32(magic), int32(version), int32(entries.length), ...entries])
  return Buffer.concat([body, sha1(password, Buffer.from('Mighty Aphrodite'), body)]).toString('base64')
}

/** A key store with one key (PEM, PKCS #8) and the chain of its certificate, base64. */
export const keyStore = (pair: { key: string; chain: readonly string[] }, password: string): string => {
  const key = Buffer.from(pair.key.replace(/-----.*-----|\s/g, ''), 'base64')
  const secret = wide(password)
  const chain = [int32(pair.chain.length), ...pair.chain.map(certificate)]
  return store([Buffer.concat([entry(tags.key, 'key'), sized(hidden(key, secret)), ...chain])], secret)
}

/** A trust store with one authority, base64. */
export const trustStore = (authority: string, password: string): string =>
  store([Buffer.concat([entry(tags.trusted, 'authority'), certificate(authority)])], wide(password))
