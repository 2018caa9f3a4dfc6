import type { KeyObject } from 'node:crypto'
import { createHash, createPublicKey, randomBytes, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'
import * as der from './der.ts'

export interface CertificateRequest {
  readonly subject: string
  readonly key: KeyObject
  readonly issuer: { readonly subject: string; readonly key: KeyObject }
  readonly use: 'authority' | 'server' | 'client'
  /** Host names and IPv4 addresses that a server certificate holds for. */
  readonly hosts?: readonly string[]
  readonly days: number
}

const ecdsaWithSha256 = der.sequence(der.oid('1.2.840.10045.4.3.2'))
const commonName = (name: string) => der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.text(name))))
const publicKeyOf = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'der' })
const keyId = (key: KeyObject) => createHash('sha1').update(publicKeyOf(key)).digest()

const extension = (id: string, value: Buffer, critical = false) =>
  der.sequence(der.oid(id), ...(critical ? [der.truth(true)] : []), der.octets(value))

const generalName = (host: string) =>
  isIPv4(host) ? der.implicit(7, Buffer.from(host.split('.').map(Number))) : der.implicit(2, Buffer.from(host, 'ascii'))

const extensions = ({ use, key, issuer, hosts = [] }: CertificateRequest) => {
  const authority = use === 'authority'
  const common = [
    extension('2.5.29.19', der.sequence(...(authority ? [der.truth(true)] : [])), true),
    extension('2.5.29.15', authority ? der.bits(Buffer.from([0x06]), 1) : der.bits(Buffer.from([0x80]), 7), true),
    extension('2.5.29.14', der.octets(keyId(key))),
    extension('2.5.29.35', der.sequence(der.implicit(0, keyId(issuer.key)))),
  ]
  if (authority) return common
  const purpose = use === 'server' ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2'
  common.push(extension('2.5.29.37', der.sequence(der.oid(purpose))))
  if (hosts.length > 0) common.push(extension('2.5.29.17', der.sequence(...hosts.map(generalName))))
  return common
}

/** Issues an X.509 v3 certificate (RFC 5280) over an elliptic-curve key, signed with ECDSA and SHA-256, as PEM. */
export const issueCertificate = (request: CertificateRequest): string => {
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  const since = new Date(Date.now() - 3_600_000)
  const until = new Date(since.getTime() + request.days * 86_400_000)
  const body = der.sequence(
    der.tagged(0, der.integer(Buffer.from([2]))),
    der.integer(serial),
    ecdsaWithSha256,
    commonName(request.issuer.subject),
    der.sequence(der.time(since), der.time(until)),
    commonName(request.subject),
    publicKeyOf(request.key),
    der.tagged(3, der.sequence(...extensions(request))),
  )
  const certificate = der.sequence(body, ecdsaWithSha256, der.bits(sign('sha256', body, request.issuer.key)))
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
