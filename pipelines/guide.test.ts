import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const root = join(import.meta.dirname, '..')
const guide = readFileSync(join(root, 'docs/write-a-pipeline.md'), 'utf8')
const steps = guide.split(/^## (?=\d+\. )/m).slice(1)
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block)

describe('docs/write-a-pipeline.md', () => {
  test('has ten steps, in order', () => {
    expect(steps.map((step) => Number.parseInt(step, 10))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  const source = readFileSync(join(root, 'pipelines/bird-strikes/pipeline.ts'), 'utf8')
  test.each(steps.flatMap((step) => blocks(step, 'ts')))('%# shows what stands in the pipeline', (block) => {
    expect(source).toContain(block)
  })

  test('its commands that need no platform do what it says', () => {
    const commands = steps.slice(0, 8).flatMap((step) => blocks(step, 'sh'))
    expect(commands).toHaveLength(3)
    const [head, tried, listed] = commands.map((command) =>
      spawnSync('bash', ['--norc', '-euc', command], { cwd: root, encoding: 'utf8' }),
    )
    expect(head?.stdout).toContain('Airport Name,Aircraft Make Model')
    expect(tried?.stderr).toBe('')
    expect(tried?.stdout).toMatch(
      /^10000 rows: 9985 accepted, 15 refused\n {2}15 × damage: not-allowed, as '[BC]' is not in/,
    )
    expect(tried?.stdout).toContain('damaged: ')
    expect(listed?.status).toBe(0)
  })
})
