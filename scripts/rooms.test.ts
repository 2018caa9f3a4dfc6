import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'

/** Which rooms a room may import; everything else is a wall. */
const doors: Readonly<Record<string, readonly string[]>> = {
  'packages/pipeline': [],
  'packages/workflow': ['packages/pipeline'],
  'packages/hopsworks': [],
  'packages/lambda': [],
  'packages/cli': ['packages/hopsworks', 'packages/workflow'],
  pipelines: ['packages/pipeline'],
  'functions/*': ['pipelines', 'packages/pipeline', 'packages/workflow', 'packages/hopsworks', 'packages/lambda'],
  infra: ['pipelines', 'packages/pipeline', 'packages/workflow'],
  'local/states': [],
  'local/aws': ['local/states'],
  'local/hopsworks': [],
  local: ['local/aws'],
  bench: [
    'functions/feature-writer',
    'infra',
    'packages/hopsworks',
    'packages/pipeline',
    'pipelines',
    'proof/contract',
  ],
  proof: ['packages/hopsworks'],
  'proof/contract': ['packages/pipeline', 'pipelines'],
}

const root = resolve(import.meta.dirname, '..')
const manifest = (room: string) =>
  JSON.parse(readFileSync(join(root, room, 'package.json'), 'utf8')) as {
    name: string
    dependencies?: Record<string, string>
    devDependencies?: Record<string, string>
  }
const rooms = globSync('{packages/*,functions/*,pipelines,infra,local,local/*,bench,proof,proof/*}', { cwd: root })
  .filter((room) => existsSync(join(root, room, 'package.json')))
  .toSorted()
const roomOf = new Map(rooms.map((room) => [manifest(room).name, room]))
const doorsOf = (room: string) => doors[room] ?? doors[`${dirname(room)}/*`]

/** TypeScript files of a room; a room inside it is not part of it. */
const sources = (room: string) =>
  globSync(`${room}/**/*.ts`, { cwd: root, exclude: (name) => /node_modules|\.types|\.hopline/.test(name) }).filter(
    (file) => !rooms.some((inner) => inner !== room && inner.startsWith(`${room}/`) && file.startsWith(`${inner}/`)),
  )

describe('rooms', () => {
  it.each(rooms)('%s depends only on the rooms that it has a door to', (room) => {
    const { dependencies = {}, devDependencies = {} } = manifest(room)
    const used = Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => roomOf.get(name) ?? [])
    expect(used.filter((other) => !doorsOf(room)?.includes(other))).toEqual([])
  })

  it.each(rooms)('%s reaches other rooms by their names, not by their paths', (room: string) => {
    const leaving = sources(room).flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/^(?:import|export)[^'\n]*'(\.[^']+)'/gm)]
        .map(([, target = '']) => relative(root, resolve(root, dirname(file), target)))
        .filter((target) => !target.startsWith(`${room}/`))
        .map((target) => `${file} -> ${target}`),
    )
    expect(leaving).toEqual([])
  })

  it('knows every room', () => {
    expect(rooms.filter((room) => doorsOf(room) === undefined)).toEqual([])
  })
})
