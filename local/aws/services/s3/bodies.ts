import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, openSync } from 'node:fs'
import { link, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Platform } from '../../core/platform.ts'
import { createChecksum } from '../../core/signing/checksums.ts'
import type { ChecksumAlgorithm } from '../../core/signing/checksums.ts'

/** What a body turned out to be once it was written. */
export interface WrittenBody {
  readonly body: string
  readonly size: number
  readonly md5: string
  readonly checksum: Readonly<Record<string, string>>
}

/** Where the bytes of a body lie. */
export const bodyFile = ({ stateDir }: Platform, body: string): string => join(stateDir, 's3', body.slice(0, 2), body)

const newFile = async (platform: Platform) => {
  const body = randomUUID()
  const file = bodyFile(platform, body)
  await mkdir(dirname(file), { recursive: true })
  return { body, file }
}

/** Writes bytes to a new file; nothing stays behind when the source breaks. */
export const writeBody = async (
  platform: Platform,
  source: Readable | Uint8Array | string,
  algorithm: ChecksumAlgorithm = 'CRC32',
): Promise<WrittenBody> => {
  const { body, file } = await newFile(platform)
  const md5 = createHash('md5')
  const checksum = createChecksum(algorithm)
  let size = 0
  const measure = async function* (bytes: AsyncIterable<Uint8Array>) {
    for await (const part of bytes) {
      size += part.length
      md5.update(part)
      checksum.update(part)
      yield part
    }
  }
  try {
    const readable = source instanceof Readable ? source : Readable.from([Buffer.from(source)], { objectMode: false })
    await pipeline(readable, measure, createWriteStream(file, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  return { body, size, md5: md5.digest('hex'), checksum: { [`Checksum${algorithm}`]: checksum.digest() } }
}

/** The file is open when this returns, so that a delete in between takes nothing from the reader. */
export const readBodyFile = (
  platform: Platform,
  body: string,
  range: { start?: number; end?: number } = {},
): Readable => createReadStream('', { ...range, fd: openSync(bodyFile(platform, body), 'r') })

/** The same bytes under another name, without copying them: bodies never change. */
export const linkBody = async (platform: Platform, body: string): Promise<string> => {
  const copy = await newFile(platform)
  await link(bodyFile(platform, body), copy.file)
  return copy.body
}

export const removeBody = (platform: Platform, body: string): Promise<void> =>
  rm(bodyFile(platform, body), { force: true })

/** Runs what makes a written body part of the state; when that throws, the bytes go again. */
export const keeping = async <R>(
  platform: Platform,
  { body }: Pick<WrittenBody, 'body'>,
  keep: () => R,
): Promise<R> => {
  try {
    return keep()
  } catch (error) {
    await removeBody(platform, body)
    throw error
  }
}
