import { createReadStream } from 'node:fs'
import type { Stats } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, join, normalize } from 'node:path'
import { project } from '../project.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import type { Call, Route } from './route.ts'

const root = `/Projects/${project.name}`

/** Paths come as URLs, whole, or below the project's root, which always exists, as do its data sets. */
const absolute = (given: string): string => {
  const path = given.replace(/^hopsfs:\/+[^/]*\//, '').replace(/^\/+/, '')
  return normalize(path.startsWith('Projects/') ? `/${path}` : `${root}/${path}`)
}
const always = new Set([root, `${root}/Logs`, `${root}/Models`, `${root}/Resources`])

interface Place {
  readonly path: string
  readonly file: string
  /** Undefined for a folder that nothing was written to. */
  readonly stats: Stats | undefined
}

const view = ({ path, stats }: Pick<Place, 'path' | 'stats'>) => ({
  attributes: {
    name: basename(path),
    path,
    dir: stats?.isDirectory() ?? true,
    size: stats?.isFile() ? stats.size : 0,
    owner: `${project.name}__meb10000`,
    permission: 'rwxr-x---',
    modificationTime: stats?.mtime.toISOString() ?? project.created,
    underConstruction: false,
  },
  zipState: 'NONE',
})

const list = async (call: Call, { path, file, stats }: Place) => {
  const names = stats ? (await readdir(file)).toSorted() : []
  const { count, items } = call.page(names, async (name) =>
    view({ path: `${path}/${name}`, stats: await stat(join(file, name)) }),
  )
  return { count, items: await Promise.all(items) }
}

/** The project's file system: what jobs have written. */
export const datasetRoutes = ({ jobs }: Services): Route[] => {
  const existing = async (call: Call): Promise<Place> => {
    const path = absolute(call.param('rest'))
    const file = jobs.file(path)
    const inside = path === root || path.startsWith(`${root}/`)
    const stats = inside ? await stat(file).catch(() => undefined) : undefined
    if (!stats && !always.has(path)) throw new RestError(failures.pathNotFound, path)
    return { path, file, stats }
  }

  return [
    {
      method: 'GET',
      path: '/project/:project/dataset/download/with_auth/*',
      scope: 'dataset_view',
      async handle(call) {
        const { path, file, stats } = await existing(call)
        if (!stats?.isFile()) throw new RestError(failures.pathNotFound, path)
        return createReadStream(file)
      },
    },
    {
      method: 'GET',
      path: '/project/:project/dataset/*',
      scope: 'dataset_view',
      async handle(call) {
        const action = call.query.get('action') ?? 'stat'
        const place = await existing(call)
        if (action === 'stat') return view(place)
        if (action === 'listing' && view(place).attributes.dir) return list(call, place)
        throw new RestError(failures.notHere, `dataset action ${action}`)
      },
    },
    {
      method: 'DELETE',
      path: '/project/:project/dataset/*',
      scope: 'dataset_delete',
      async handle(call) {
        const { path, file } = await existing(call)
        if (always.has(path)) throw new RestError(failures.illegalArgument, `${path} stays`)
        await rm(file, { recursive: true })
      },
    },
  ]
}
