import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { extract, pack } from 'tar-stream'

/** An archive that must not be unpacked: it is damaged, or one of its entries would lie outside the folder. */
export class UnsafeArchive extends Error {
  override readonly name = 'UnsafeArchive'
}

/** What one archive may grow to: a gzip bomb ends here, not with a full disk. */
const largestBytes = 20 * 1024 ** 3

/** Unpacks a .tar.gz of plain files and folders; links, absolute paths and `..` are refused. */
export const unpack = async (archive: Readable, folder: string) => {
  await mkdir(folder, { recursive: true })
  const entries = extract()
  const broken = new AbortController() // an entry that breaks before it is read would never say so
  const reading = pipeline(archive, createGunzip(), entries)
  reading.catch((error: unknown) => broken.abort(error))
  let total = 0
  const writing = (async () => {
    for await (const entry of entries) {
      const { name, type, size } = entry.header
      const path = posix.normalize(name)
      if (type === 'directory' && path === '/') {
        entry.resume() // the folder itself: Python writes it without a name
        continue
      }
      if (posix.isAbsolute(path) || path.split('/').includes('..') || path.includes('\\')) {
        throw new UnsafeArchive(`${name} would lie outside the folder`)
      }
      total += size
      if (total > largestBytes) throw new UnsafeArchive(`the archive holds more than ${largestBytes} bytes`)
      const target = join(folder, path)
      if (type === 'directory') {
        await mkdir(target, { recursive: true })
        entry.resume()
      } else if (type === 'file' || type === 'contiguous-file') {
        await mkdir(dirname(target), { recursive: true })
        await pipeline(entry, createWriteStream(target), { signal: broken.signal })
      } else throw new UnsafeArchive(`${name} is a ${type}`)
    }
  })()
  const [read, written] = await Promise.allSettled([reading, writing])
  if (written.status === 'rejected' && written.reason instanceof UnsafeArchive) throw written.reason
  const failed = [read, written].find((result) => result.status === 'rejected')
  if (failed) throw new UnsafeArchive('the archive is no readable .tar.gz', { cause: failed.reason })
}

/** Relative paths of all plain files below a folder, sorted; links are not followed. */
export const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return files.map((file) => file.slice(folder.length + 1)).toSorted()
}

/** Packs the files below `folder` into a .tar.gz whose root is that folder. */
export const packFolder = async (folder: string, archive: string) => {
  const tar = pack()
  const fill = async () => {
    for (const name of await filesBelow(folder)) {
      const file = join(folder, name)
      const { size, mtime } = await stat(file)
      await pipeline(createReadStream(file), tar.entry({ name, size, mtime }))
    }
    tar.finalize()
  }
  await Promise.all([pipeline(tar, createGzip(), createWriteStream(archive)), fill()])
}
