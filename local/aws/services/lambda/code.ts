import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { unzipSync } from 'fflate'
import { AwsError } from '../../core/errors.ts'
import type { Principal } from '../../core/operation.ts'
import { RawReply } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { versionsTable } from './functions.ts'

/** Where a function's zip comes from: an object, or base64 in the request. */
export interface CodeSource {
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
  readonly S3ObjectVersion?: string | undefined
  readonly ZipFile?: string | undefined
}

export interface StoredCode {
  readonly CodeSha256: string
  readonly CodeSize: number
}

const maxUnzippedBytes = 250 * 1024 * 1024
const maxMembers = 10_000

const refused = (message: string) => new AwsError('InvalidParameterValueException', message, { Type: 'User' })

const root = ({ stateDir }: Platform) => join(stateDir, 'lambda', 'code')
const nameOf = (sha256: string) => Buffer.from(sha256, 'base64').toString('hex')

/** The folder that the sandbox sees as LAMBDA_TASK_ROOT. */
export const taskRoot = (platform: Platform, sha256: string): string => join(root(platform), nameOf(sha256))

const bytesOf = async (source: CodeSource, platform: Platform, principal: Principal): Promise<Uint8Array> => {
  if (source.ZipFile !== undefined) return Buffer.from(source.ZipFile, 'base64')
  const reply = await platform
    .call(
      's3',
      'GetObject',
      {
        Bucket: source.S3Bucket,
        Key: source.S3Key,
        ...(source.S3ObjectVersion === undefined ? {} : { VersionId: source.S3ObjectVersion }),
      },
      principal,
    )
    .catch((error: unknown) => {
      if (!(error instanceof AwsError)) throw error
      throw refused(`Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`)
    })
  if (!(reply instanceof RawReply)) throw new TypeError('GetObject gave no body')
  const { body } = reply
  if (typeof body === 'string') return Buffer.from(body)
  return body instanceof Uint8Array ? body : buffer(body)
}

/** Reads a zip's members; more members, more bytes or another place than a deployment package may have are refused. */
const membersOf = (zip: Uint8Array): [path: string, content: Uint8Array][] => {
  let bytes = 0
  let members = 0
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        bytes += originalSize
        members += 1
        if (bytes > maxUnzippedBytes) {
          throw refused(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`)
        }
        if (members > maxMembers) throw refused(`A deployment package may hold at most ${maxMembers} files`)
        return !name.endsWith('/')
      },
    })
    return Object.entries(files)
  } catch (error) {
    if (error instanceof AwsError) throw error
    throw refused('Could not unzip uploaded file. Please check your file, then try to upload again.')
  }
}

const placeOf = (folder: string, member: string): string => {
  const place = resolve(folder, member)
  if (!place.startsWith(folder + sep) || member.includes('\\') || member.includes('\0')) {
    throw refused(`The deployment package holds a file outside of its folder: ${JSON.stringify(member)}`)
  }
  return place
}

/** Fetches and unpacks a deployment package once for each content; the same bytes share a folder. */
export const storeCode = async (platform: Platform, source: CodeSource, principal: Principal): Promise<StoredCode> => {
  const zip = await bytesOf(source, platform, principal)
  const sha256 = createHash('sha256').update(zip).digest('base64')
  const folder = taskRoot(platform, sha256)
  if (!existsSync(folder)) {
    const members = membersOf(zip)
    const draft = join(root(platform), `draft-${randomUUID()}`)
    try {
      await mkdir(draft, { recursive: true })
      for (const [member, content] of members) {
        const place = placeOf(draft, member)
        await mkdir(dirname(place), { recursive: true })
        await writeFile(place, content)
      }
      // Ends the look-up for a package.json here: what lies above the state folder must not decide how a bundle is read.
      await writeFile(join(root(platform), 'package.json'), '{}\n')
      await rename(draft, folder)
    } catch (error) {
      await rm(draft, { recursive: true, force: true })
      if (!existsSync(folder)) throw error
    }
  }
  return { CodeSha256: sha256, CodeSize: zip.byteLength }
}

/** Removes the folders that no version needs any more. */
export const sweepCode = async (platform: Platform): Promise<void> => {
  if (!existsSync(root(platform))) return
  const needed = new Set(
    versionsTable(platform)
      .list()
      .map(({ value }) => nameOf(value.CodeSha256)),
  )
  const folders = readdirSync(root(platform), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of folders) {
    if (!needed.has(name)) await rm(join(root(platform), name), { recursive: true, force: true })
  }
}
