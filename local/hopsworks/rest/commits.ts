import type { Commit } from '../metadata/commit.ts'
import { ownerOf } from '../metadata/owner.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import { existingGroup } from './existing-group.ts'
import type { Route } from './route.ts'

const view = ({ time, rowsInserted, rowsUpdated }: Commit) => ({
  commitID: time,
  commitDateString: new Date(time).toISOString().replaceAll(/\D/g, ''),
  commitTime: time,
  rowsInserted,
  rowsUpdated,
  rowsDeleted: 0,
  archived: false,
})

/** The spelling is the protocol's. */
const filter = /^commited_on_ltoeq:(\d{1,15})$/

/** What the materialisations of a group did to its offline table. */
export const commitRoutes = (services: Services): Route[] => [
  {
    method: 'GET',
    path: '/project/:project/featurestores/:store/featuregroups/:group/commits',
    scope: 'featurestore',
    handle(call) {
      const all = services.metadata.commits.named(ownerOf('feature-group', existingGroup(services, call)))
      const asked = call.query.get('filter_by')
      const until = asked === null ? Infinity : Number(filter.exec(asked)?.[1])
      if (Number.isNaN(until)) throw new RestError(failures.illegalQuery, `filter_by=${asked}`)
      const found = all.filter(({ time }) => time <= until)
      if (call.query.get('sort_by')?.endsWith(':desc')) found.reverse()
      return call.page(found, view)
    },
  },
]
