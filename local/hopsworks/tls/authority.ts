import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { issueCertificate } from './certificate.ts'

const pair = z.object({ certificate: z.string(), key: z.string() })
const schema = z.object({ authority: z.string(), server: pair, clients: z.record(z.string(), pair) })

export type KeyPair = z.infer<typeof pair>
/** The certificates of this Hopsworks: its authority, its servers' and one for each project user. */
export type Certificates = z.infer<typeof schema>

const days = 3_650
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
const pem = (key: ReturnType<typeof newKey>) => String(key.export({ type: 'pkcs8', format: 'pem' }))

const generate = (users: readonly string[]): Certificates => {
  const issuer = { subject: 'Hopline local Hopsworks', key: newKey() }
  const authority = issueCertificate({ ...issuer, issuer, use: 'authority', days })
  const serverKey = newKey()
  const server = {
    certificate: issueCertificate({
      subject: '127.0.0.1',
      key: serverKey,
      issuer,
      use: 'server',
      hosts: ['127.0.0.1', 'localhost'],
      days,
    }),
    key: pem(serverKey),
  }
  const clients = users.map((subject) => {
    const key = newKey()
    return [subject, { certificate: issueCertificate({ subject, key, issuer, use: 'client', days }), key: pem(key) }]
  })
  return schema.parse({ authority, server, clients: Object.fromEntries(clients) })
}

/** The certificates kept in `folder`, made at the first start; the authority's key is not kept. `ca` is its PEM file. */
export const certificates = (folder: string, users: readonly string[]): Certificates & { ca: string } => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'certificates.json')
  const ca = join(folder, 'ca.pem')
  if (!existsSync(file)) {
    const made = generate(users)
    writeFileSync(ca, made.authority)
    writeFileSync(`${file}.new`, JSON.stringify(made), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return { ...schema.parse(JSON.parse(readFileSync(file, 'utf8'))), ca }
}
