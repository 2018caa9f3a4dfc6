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

/** Gives the memory of pieces back at once: left to the garbage collector, every 64 MB of them cost a full collection. */
const release = (pieces: readonly Uint8Array[]) => {
  for (const { buffer, byteLength } of pieces)
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

/** Bytes that are written at once. */
const writeBytes = 2 * 1024 * 1024

/**
 * Writes bytes to a new file; nothing stays behind when the source breaks. The pieces of a stream are used up.
 * Without an algorithm the checksum is the one that S3 adds by itself.
 */
export const writeBody = async (
  platform: Platform,
  source: Readable | Uint8Array | string,
  algorithm: ChecksumAlgorithm = 'CRC64NVME',
): Promise<WrittenBody> => {
  const { body, file } = await newFile(platform)
  const md5 = new Md5()
  const checksum = await createChecksum(algorithm)
  const parts: AsyncIterable<Uint8Array> = source instanceof Readable ? source : Readable.from([Buffer.from(source)])
  let size = 0
  const handle = await open(file, 'wx', 0o600)
  try {
    let waiting: Uint8Array[] = []
    let waitingBytes = 0
    let written: Promise<unknown> = Promise.resolve()
    const pass = async (pieces: readonly Uint8Array[]) => {
      await written
      const copied = md5.add(pieces)
      written = handle.writev(pieces).then(async () => {
        await copied
        release(pieces)
      })
      written.catch(() => {}) // looked at before the next write
      await copied
    }
    for await (const part of parts) {
      size += part.length
      waitingBytes += part.length
      checksum.update(part)
      waiting.push(part)
      if (waitingBytes < writeBytes) continue
      await pass(waiting)
      waiting = []
      waitingBytes = 0
    }
    await written
    const [digest] = await Promise.all([md5.end(waiting), waiting.length > 0 && handle.writev(waiting)])
    return { body, size, md5: digest, checksum: { [`Checksum${algorithm}`]: checksum.digest() } }
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
