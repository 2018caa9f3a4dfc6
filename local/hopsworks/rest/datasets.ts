import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, normalize } from 'node:path'
import { project } from '../project.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import type { Route } from './route.ts'

const root = `/Projects/${project.name}`

/** Paths come with or without the project's root, which always exists, as do its data sets. */
const absolute = (given: string): string => {
  const path = given.replace(/^\/+/, '')
  return normalize(path.startsWith('Projects/') ? `/${path}` : `${root}/${path}`)
}
const always = new Set([root, `${root}/Logs`, `${root}/Models`, `${root}/Resources`])

/** The project's file system, as far as jobs write to it. */
export const datasetRoutes = ({ jobs }: Services): Route[] => {
  const existing = (given: string) => {
    const path = absolute(given)
    const file = jobs.file(path)
    const found = path === root || path.startsWith(`${root}/`) ? existsSync(file) : false
    if (!found && !always.has(path)) throw new RestError(failures.pathNotFound, path)
    return { path, file: found ? file : undefined }
  }
  return [
    {
      method: 'GET',
      path: '/project/:project/dataset/download/with_auth/*',
      scope: 'dataset_view',
      handle(call) {
        const { path, file } = existing(call.param('rest'))
        if (file === undefined || statSync(file).isDirectory()) throw new RestError(failures.pathNotFound, path)
        return readFileSync(file, 'utf8')
      },
    },
    {
      method: 'GET',
      path: '/project/:project/dataset/*',
      scope: 'dataset_view',
      handle(call) {
        const action = call.query.get('action')
        if (action !== null && action !== 'stat') throw new RestError(failures.notHere, `dataset action ${action}`)
        const { path, file } = existing(call.param('rest'))
        const stat = file === undefined ? undefined : statSync(file)
        const attributes = {
          name: basename(path),
          path,
          dir: stat?.isDirectory() ?? true,
          size: stat?.isFile() ? stat.size : 0,
          owner: `${project.name}__meb10000`,
          permission: 'rwxr-x---',
          modificationTime: stat?.mtime.toISOString() ?? project.created,
          underConstruction: false,
        }
        return { attributes, zipState: 'NONE' }
      },
    },
  ]
}
