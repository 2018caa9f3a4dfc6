import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { issueCertificate } from './certificate.ts'
import { keyStore, trustStore } from './java-key-store.ts'

const password = 'sesame'
const wide = Buffer.from('\0s\0e\0s\0a\0m\0e', 'latin1')
const sha1 = (...parts: Buffer[]) => createHash('sha1').update(Buffer.concat(parts)).digest()

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
const issuer = { subject: 'authority', key: privateKey }
const authority = issueCertificate({ ...issuer, issuer, use: 'authority', days: 1 })
const client = issueCertificate({ subject: 'client', key: privateKey, issuer, use: 'client', days: 1 })
const raw = (pem: string) => new X509Certificate(pem).raw

/** The entries of a store whose digest is that of its password. */
const opened = (base64: string) => {
  const bytes = Buffer.from(base64, 'base64')
  const body = bytes.subarray(0, -20)
  expect(bytes.subarray(-20)).toEqual(sha1(wide, Buffer.from('Mighty Aphrodite'), body))
  expect([body.readUInt32BE(0), body.readUInt32BE(4), body.readUInt32BE(8)]).toEqual([0xfeedfeed, 2, 1])
  return { tag: body.readUInt32BE(12), rest: body.subarray(16 + 2 + body.readUInt16BE(16) + 8) }
}

it('keeps a key so that only its password gives it back, with the chain of its certificate', () => {
  const { tag, rest } = opened(keyStore({ key, chain: [client, authority] }, password))
  expect(tag).toBe(1)
  const info = rest.subarray(4, 4 + rest.readUInt32BE(0))
  const { length } = Buffer.from(key.replace(/-----.*-----|\s/g, ''), 'base64')
  const [salt, masked, check] = [
    info.subarray(-40 - length, -20 - length),
    info.subarray(-20 - length, -20),
    info.subarray(-20),
  ]
  const masks = [salt]
  while (masks.length * 20 < length + 20) masks.push(sha1(wide, masks.at(-1) ?? salt))
  const stream = Buffer.concat(masks.slice(1))
  const plain = Buffer.from(masked.map((byte, at) => byte ^ (stream[at] ?? 0)))
  expect(sha1(wide, plain)).toEqual(check)
  expect(createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' }).equals(privateKey)).toBe(true)
  const chain = rest.subarray(4 + info.length)
  expect(chain.readUInt32BE(0)).toBe(2)
  expect(chain.includes(raw(client))).toBe(true)
  expect(chain.subarray(-raw(authority).length)).toEqual(raw(authority))
})

it('keeps an authority to trust', () => {
  const { tag, rest } = opened(trustStore(authority, password))
  expect(tag).toBe(2)
  expect(rest.subarray(-raw(authority).length)).toEqual(raw(authority))
})
