import { randomUUID } from 'node:crypto'
import { openSync } from 'node:fs'
import { link, mkdir, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { FileBody } from '../../core/file-body.ts'
import type { Platform } from '../../core/platform.ts'
import { createChecksum } from '../../core/signing/checksums.ts'
import { Md5 } from './md5.ts'
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

/** Bytes that are written at once. */
const writeBytes = 2 * 1024 * 1024

/** Writes bytes to a new file; nothing stays behind when the source breaks. */
export const writeBody = async (
  platform: Platform,
  source: Readable | Uint8Array | string,
  algorithm: ChecksumAlgorithm = 'CRC32',
): Promise<WrittenBody> => {
  const { body, file } = await newFile(platform)
  const md5 = new Md5()
  const checksum = createChecksum(algorithm)
  const parts: AsyncIterable<Uint8Array> = source instanceof Readable ? source : Readable.from([Buffer.from(source)])
  let size = 0
  const handle = await open(file, 'wx', 0o600)
  try {
    let waiting: Uint8Array[] = []
    let waitingBytes = 0
    let written: Promise<unknown> = Promise.resolve()
    const write = async () => {
      await written
      if (waiting.length > 0) written = handle.writev(waiting)
      written.catch(() => {}) // looked at before the next write
    }
    for await (const part of parts) {
      size += part.length
      waitingBytes += part.length
      checksum.update(part)
      waiting.push(part)
      if (waitingBytes < writeBytes) continue
      await Promise.all([write(), md5.add(waiting)])
      waiting = []
      waitingBytes = 0
    }
    await write()
    const digest = await md5.end(waiting)
    await written
    return { body, size, md5: digest, checksum: { [`Checksum${algorithm}`]: await checksum.digest() } }
  } catch (error) {
    await Promise.all([rm(file, { force: true }), md5.drop()])
    throw error
  } finally {
    await handle.close()
  }
}

/** The file is open when this returns, so that a delete in between takes nothing from the reader. */
export const readBodyFile = (
  platform: Platform,
  { body, size }: { body: string; size: number },
  { start = 0, end = size - 1 }: { start?: number; end?: number } = {},
): Readable => new FileBody(openSync(bodyFile(platform, body), 'r'), start, end)

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
