import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { withLock } from './lock.ts'
import { startProcess } from './process.ts'
import { interpreter } from './python.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopline-process-'))
})
afterAll(() => rm(folder, { recursive: true }))

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const gone = async (pid: number) => {
  for (let tries = 0; alive(pid) && tries < 100; tries++) await setTimeout(20)
  return !alive(pid)
}
const start = (args: string[], onLine: (line: string) => void = () => {}) =>
  startProcess({ program: '/bin/sh', args: ['-c', ...args], cwd: folder, env: { PATH: '/usr/bin:/bin' }, onLine })

test('both outputs arrive line by line, with the exit code', async () => {
  const lines: string[] = []
  const process = start(['echo one; echo two >&2; printf three; exit 7'], (line) => lines.push(line))
  expect(await process.exited).toBe(7)
  expect(lines.toSorted()).toEqual(['one', 'three', 'two'])
})

test('a process that does not heed SIGTERM is killed after its grace, with all that it started', async () => {
  const { promise: child, resolve } = Promise.withResolvers<number>()
  const stubborn = start(['trap "" TERM; sleep 60 & echo $!; wait; sleep 60'], (line) => resolve(Number(line)))
  const pid = await child
  expect(await stubborn.stop(100)).toBe(137)
  expect(await gone(pid)).toBe(true)
})

test('a program that is not there is exit code 127', async () => {
  const missing = startProcess({ program: '/no/such/program', args: [], cwd: folder, env: {}, onLine: () => {} })
  expect(await missing.exited).toBe(127)
})

test('a container dies with the platform, however that ended', async () => {
  const { executable } = await interpreter()
  const python = `import os, sys, time; sys.path.insert(0, ${JSON.stringify(import.meta.dirname)})
import parent; parent.follow(); print(os.getpid(), flush=True); time.sleep(60)`
  const platform = `
    import { startProcess } from ${JSON.stringify(join(import.meta.dirname, 'process.ts'))}
    startProcess({ program: ${JSON.stringify(executable)}, args: ['-c', ${JSON.stringify(python)}],
      cwd: '/', env: {}, onLine: console.log })`
  await writeFile(join(folder, 'platform.ts'), platform)
  const parent = spawn(process.execPath, [join(folder, 'platform.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
  expect(alive(Number(line))).toBe(true)
  parent.kill('SIGKILL')
  expect(await gone(Number(line))).toBe(true)
})

test('work under a lock is done one after the other; a dead owner is no obstacle', async () => {
  const path = join(folder, 'work.lock')
  const dead = spawn('/bin/true')
  await once(dead, 'close')
  await writeFile(path, String(dead.pid))
  const order: string[] = []
  const work = (name: string) =>
    withLock(path, async () => {
      order.push(`${name} begins`)
      await setTimeout(20)
      order.push(`${name} ends`)
    })
  await Promise.all([work('one'), work('two')])
  expect(order.map((step) => step.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends'])
})
