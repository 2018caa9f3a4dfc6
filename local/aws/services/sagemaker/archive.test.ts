import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { UnsafeArchive, filesBelow, packFolder, unpack } from './archive.ts'
import { pathBelow } from './s3.ts'

type Entry = { name: string; type?: 'symlink' | 'link' | 'fifo' | 'directory'; linkname?: string }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopline-archive-'))
})
afterAll(() => rm(folder, { recursive: true }))

const archive = async (header: Entry, content = 'x') => {
  const tar = pack()
  tar.entry({ name: 'fine.txt' }, 'fine')
  if (header.type === undefined) tar.entry(header, content)
  else tar.entry(header)
  tar.finalize()
  return Readable.from(gzipSync(await buffer(tar)))
}

test('a folder comes back as it was packed, its files at the root', async () => {
  const { source, target } = { source: join(folder, 'source'), target: join(folder, 'target') }
  await unpack(await archive({ name: 'code/./inference.py' }, 'def model_fn(): …'), source)
  await writeFile(join(source, 'empty'), '')
  await symlink('/etc/passwd', join(source, 'link'))
  await packFolder(source, join(folder, 'packed.tar.gz'))
  await unpack(Readable.from(await readFile(join(folder, 'packed.tar.gz'))), target)
  expect(await filesBelow(target)).toEqual(['code/inference.py', 'empty', 'fine.txt'])
  expect(await readFile(join(target, 'code/inference.py'), 'utf8')).toBe('def model_fn(): …')
})

test.each<Entry>([
  { name: '../outside' },
  { name: 'code/../../outside' },
  { name: '/etc/outside' },
  { name: 'link', type: 'symlink', linkname: '/etc/passwd' },
  { name: 'link', type: 'link', linkname: 'fine.txt' },
  { name: 'pipe', type: 'fifo' },
])('an archive with the entry %j is refused', async (header) => {
  await expect(unpack(await archive(header), join(folder, 'refused'))).rejects.toThrow(UnsafeArchive)
  expect(await filesBelow(folder)).not.toContain('outside')
})

test('the folder itself may be an entry without a name', async () => {
  await unpack(await archive({ name: '/', type: 'directory' }), join(folder, 'nameless'))
  expect(await filesBelow(join(folder, 'nameless'))).toEqual(['fine.txt'])
})

test('what is no archive, or half of one, is refused', async () => {
  const whole = await buffer(await archive({ name: 'large' }, 'y'.repeat(100_000)))
  for (const bytes of [
    Buffer.from('not gzip'),
    gzipSync('not tar'.repeat(100)),
    whole.subarray(0, whole.length - 40),
  ]) {
    await expect(unpack(Readable.from(bytes), join(folder, 'broken'))).rejects.toThrow(UnsafeArchive)
  }
})

test('half an archive is refused, whenever it breaks off', async () => {
  const whole = await buffer(await archive({ name: 'large' }, 'y'.repeat(100_000)))
  const half = async function* half() {
    yield whole.subarray(0, 5)
    await sleep(Math.random() * 3)
    yield whole.subarray(5, whole.length - 40)
  }
  const refused = (at: number) =>
    expect(unpack(Readable.from(half()), join(folder, `half-${at}`))).rejects.toThrow(UnsafeArchive)
  for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: 20 }, (_, at) => refused(at)))
})

test.each([
  ['data/train/', 'data/train/day=1/a.csv', 'day=1/a.csv'],
  ['data/train', 'data/train/a.csv', 'a.csv'],
  ['data/contract.json', 'data/contract.json', 'contract.json'],
  ['data/part-', 'data/part-0.csv', 'part-0.csv'],
  ['', 'a/b.csv', 'a/b.csv'],
])('under the prefix "%s" the key %s becomes the file %s', (prefix, key, file) => {
  expect(pathBelow(prefix, key)).toBe(file)
})
