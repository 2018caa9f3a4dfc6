import * as z from 'zod'
import { materialisationJob } from '../jobs/materialisation-job.ts'
import { featureGroupRequestSchema, newFeatureGroup } from '../metadata/new-feature-group.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import { qualifiedName } from '../metadata/feature-group.ts'
import { avroSchemaOf } from '../metadata/subject.ts'
import { ownerOf, removeOwned } from '../metadata/owner.ts'
import { removeView } from '../metadata/remove-view.ts'
import { createOnlineTable, dropOnlineTable } from '../online/online-table.ts'
import type { Services } from '../services.ts'
import { transaction } from '../store.ts'
import { failures, RestError } from '../rest-error.ts'
import { existingGroup } from './existing-group.ts'
import type { Call, Route } from './route.ts'
import type { Described } from './statistics.ts'
import { statisticsRoutes } from './statistics.ts'
import { tagRoutes } from './tags.ts'

const base = '/project/:project/featurestores/:store/featuregroups'
const entries = z.object({ numEntries: z.int().min(0).nullish() })

export const featureGroupRoutes = (services: Services): Route[] => {
  const { store, metadata, jobs, server } = services
  const { featureGroups, subjects, onlineIngestions } = metadata

  const create = (request: z.infer<typeof featureGroupRequestSchema>) => {
    const { name, version = null } = request
    if (version !== null && featureGroups.find(name, version))
      throw new RestError(failures.groupExists, `feature group: ${name}, version ${version}`)
    return transaction(store, () => {
      const group = featureGroups.insert(name, version, (identity) => newFeatureGroup(identity, request, server))
      const schema = avroSchemaOf(group)
      subjects.insert(qualifiedName(group), null, (identity) => ({ ...identity, schema }))
      if (group.onlineEnabled) createOnlineTable(store, group)
      if (group.type === 'streamFeatureGroupDTO') materialisationJob(metadata, group)
      return group
    })
  }

  const removeViewsOf = ({ id }: FeatureGroup) => {
    for (const view of metadata.featureViews.all())
      if (view.joins.some(({ featureGroupId }) => featureGroupId === id)) removeView(metadata, view)
  }

  const remove = async (group: FeatureGroup, withViews: boolean) => {
    transaction(store, () => {
      if (withViews) removeViewsOf(group)
      const name = qualifiedName(group)
      dropOnlineTable(store, group)
      for (const { id } of subjects.named(name)) subjects.remove(id)
      for (const { id } of metadata.jobs.named(`${name}_offline_fg_materialization`)) metadata.jobs.remove(id)
      removeOwned(metadata, ownerOf('feature-group', group))
      featureGroups.remove(group.id)
    })
    await jobs.forget(group)
  }

  const described = (call: Call): Described => {
    const group = existingGroup(services, call)
    const task = { kind: 'statistics', of: 'feature-group', id: group.id } as const
    return { owner: ownerOf('feature-group', group), name: qualifiedName(group), task }
  }

  return [
    ...tagRoutes(services, `${base}/:group`, (call) => ownerOf('feature-group', existingGroup(services, call))),
    ...statisticsRoutes(services, `${base}/:group`, described),
    {
      method: 'POST',
      path: base,
      scope: 'featurestore:write',
      status: 201,
      handle: (call) => create(call.body(featureGroupRequestSchema)),
    },
    {
      method: 'GET',
      path: base,
      scope: 'featurestore',
      handle: (call) => call.page(featureGroups.all(), (group) => group),
    },
    {
      method: 'GET',
      path: `${base}/:group`,
      scope: 'featurestore',
      handle(call) {
        if (call.number('group') >= 0) return existingGroup(services, call)
        const version = call.query.get('version')
        const name = call.param('group')
        const found = featureGroups.named(name).filter((group) => version === null || String(group.version) === version)
        if (found.length > 0) return found
        throw new RestError(failures.featureGroupNotFound, `feature group: ${name}, version ${version ?? 'any'}`)
      },
    },
    {
      method: 'DELETE',
      path: `${base}/:group`,
      scope: 'featurestore:write',
      handle: (call) => remove(existingGroup(services, call), call.flag('deleteFeatureViews')),
    },
    {
      method: 'GET',
      path: `${base}/:group/expectationsuite`,
      scope: 'job', // so it is in Hopsworks
      handle: (call) => existingGroup(services, call) && { count: 0 },
    },
    {
      method: 'POST',
      path: `${base}/:group/online_ingestion`,
      scope: 'featurestore:write',
      status: 201,
      handle(call) {
        const group = existingGroup(services, call)
        if (!group.onlineEnabled) throw new RestError(failures.notOnline, qualifiedName(group))
        return onlineIngestions.start(group.id, call.body(entries).numEntries ?? null)
      },
    },
    {
      method: 'GET',
      path: `${base}/:group/online_ingestion`,
      scope: 'featurestore',
      handle(call) {
        const { id } = existingGroup(services, call)
        const filter = call.query.get('filter_by') ?? 'LATEST'
        const asked = /^ID:(\d{1,15})$/.exec(filter)?.[1]
        if (asked === undefined && filter !== 'LATEST')
          throw new RestError(failures.illegalArgument, `filter_by ${filter}`)
        const found = asked === undefined ? onlineIngestions.latest(id) : onlineIngestions.get(id, Number(asked))
        return found ? { count: 1, items: [found] } : { count: 0, items: [] }
      },
    },
  ]
}
