import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const room = join(import.meta.dirname, '..')
const readme = readFileSync(join(room, 'README.md'), 'utf8')

/** What the README's program prints. */
const said = () => {
  const folder = mkdtempSync(join(room, '.types', 'readme-'))
  try {
    const program = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = '']) => block).join('')
    const file = join(folder, 'program.ts')
    writeFileSync(file, program.replaceAll("'@hopline/pipeline'", `'${room}/src/index.ts'`))
    const { stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
      encoding: 'utf8',
    })
    return stderr + stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('the README', () => {
  test('holds a program that runs', () => {
    const text = said()
    expect(text).toContain("reason: 'no-time-zone'")
    expect(text).toContain('arrived_at: 1767613500000000n')
    expect(text).toMatch(/tile_end: 1767614400000000n,\s+parcels_3h: 1,\s+slow_3h: 1/)
    expect(text).toMatch(/parcels_3h: 0,\s+slow_3h: null/)
  })

  test('names every folder', () => {
    const folders = readdirSync(join(room, 'src'), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [`\`src/${entry.name}/\``] : [],
    )
    for (const folder of folders) expect(readme).toContain(folder)
  })
})
