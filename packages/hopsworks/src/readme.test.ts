import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startLocalPlatform } from '../test-support/local-platform.ts'
import * as errors from './errors.ts'

const run = promisify(execFile)
const home = join(import.meta.dirname, '..')
const build = join(home, '.build', 'readme')
const file = join(build, 'readme.ts')
const readme = await readFile(join(home, 'README.md'), 'utf8')
let platform: Awaited<ReturnType<typeof startLocalPlatform>>

/** The README's examples as the one program that they are; imports stand first. */
const program = () => {
  const blocks = [...readme.matchAll(/(<!-- not run -->\n\n?)?```ts\n([^]*?)```/g)].filter(([, notRun]) => !notRun)
  const lines = blocks.flatMap(([, , code = '']) => code.split('\n'))
  const isImport = (line: string) => line.startsWith('import ')
  return [...lines.filter(isImport), ...lines.filter((line) => !isImport(line))].join('\n')
}

beforeAll(async () => {
  await mkdir(build, { recursive: true })
  await writeFile(file, program())
  platform = await startLocalPlatform()
}, 60_000)

afterAll(async () => {
  await platform.close()
  await rm(build, { recursive: true })
}, 30_000)

test('the examples of the README compile', async () => {
  const config = {
    extends: '../../../../tsconfig.base.json',
    files: ['readme.ts', '../../src/vectors/undici-pool.d.ts'],
    compilerOptions: {
      rootDir: '../../../..',
      noEmit: true,
      composite: false,
      emitDeclarationOnly: false,
      declarationMap: false,
      tsBuildInfoFile: null,
    },
  }
  await writeFile(join(build, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(home, '../../node_modules/.bin/tsc')
  const said = await run(tsc, ['--project', build]).catch((failed: { stdout: string }) => failed)
  expect(said.stdout).toBe('')
}, 30_000)

test('the examples of the README run, one after the other', async () => {
  const { url, apiKey, ca, vectors } = platform.hopsworks
  const env = {
    ...process.env,
    HOPSWORKS_URL: url,
    HOPSWORKS_API_KEY: apiKey,
    HOPSWORKS_CA: ca,
    VECTORS_HOST: vectors.host,
    VECTORS_PORT: String(vectors.port),
    STATE: build,
  }
  const { stdout } = await run(process.execPath, [file], { env })
  expect(
    stdout
      .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
      .trim()
      .split('\n'),
  ).toEqual([
    '2 rows are in Kafka',
    'applied',
    "row 0: A row does not fit the group's schema in: tile_end (SCHEMA)",
    'removed: applied',
    'bootstrap HOST can be used',
    'broker HOST can be used',
    'COMPLETE 41n 0.25',
    'COMPLETE MISSING',
    'part c000.snappy.parquet',
    'airport 1 4',
    'late_3h 3 1 0.5',
    'true false',
  ])
}, 30_000)

test('the README lists every class of the error family', () => {
  const listed = [...readme.matchAll(/^\| `(Hopsworks\w+)`/gm)].map(([, name]) => name)
  const classes = Object.values(errors).flatMap((one) =>
    typeof one === 'function' && one.prototype instanceof errors.HopsworksError ? [one.name] : [],
  )
  expect(new Set(listed)).toEqual(new Set(classes))
})
