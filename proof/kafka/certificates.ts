import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const openssl = (...args: string[]) => promisify(execFile)('openssl', args)

/** PEM each, and where they lie. */
export interface Certificate {
  readonly cert: string
  readonly key: string
  readonly certFile: string
  readonly keyFile: string
}

export interface Authority {
  readonly ca: string
  readonly caFile: string
  /** A certificate of 127.0.0.1 that begins now. */
  issue(name: string, validSeconds?: number): Promise<Certificate>
}

/** An authority of its own that signs brokers and clients. */
export async function authority(folder: string): Promise<Authority> {
  const at = (name: string) => join(folder, name)
  await mkdir(folder, { recursive: true })
  await mkdir(at('issued'))
  await writeFile(at('index.txt'), '')
  await writeFile(at('serial'), '01')
  await writeFile(at('ca.cnf'), configuration(folder))
  await newKey(at('ca.key'))
  await openssl('req', '-x509', '-new', '-key', at('ca.key'), '-subj', '/CN=proof', '-days', '2', '-out', at('ca.pem'))
  let before: Promise<unknown> = Promise.resolve()
  const sign = async (...args: string[]) => {
    await before // the authority's books bear one at a time
    await openssl('ca', '-batch', '-notext', '-config', at('ca.cnf'), ...args)
  }
  return {
    ca: await readFile(at('ca.pem'), 'utf8'),
    caFile: at('ca.pem'),
    async issue(name, validSeconds = 86_400) {
      const [keyFile, request, certFile] = [at(`${name}.key`), at(`${name}.csr`), at(`${name}.pem`)]
      const now = Date.now()
      await newKey(keyFile)
      await openssl('req', '-new', '-key', keyFile, '-subj', `/CN=${name}`, '-out', request)
      const [begins, ends] = [now - 60_000, now + validSeconds * 1000].map(asn1Time)
      const validity = ['-startdate', begins ?? '', '-enddate', ends ?? '']
      before = sign('-in', request, '-out', certFile, ...validity)
      await before
      const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')])
      return { cert, key, certFile, keyFile }
    },
  }
}

const newKey = (file: string) =>
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', file)

const asn1Time = (ms: number) => `${new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)}Z`

const configuration = (folder: string) => `[ca]
default_ca = proof
[proof]
database = ${folder}/index.txt
serial = ${folder}/serial
new_certs_dir = ${folder}/issued
certificate = ${folder}/ca.pem
private_key = ${folder}/ca.key
default_md = sha256
policy = any
unique_subject = no
x509_extensions = leaf
[any]
commonName = supplied
[leaf]
subjectAltName = IP:127.0.0.1
basicConstraints = CA:FALSE
`
