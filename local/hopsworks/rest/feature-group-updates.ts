import * as z from 'zod'
import { jobStamp } from '../jobs/job-stamp.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import { qualifiedName } from '../metadata/feature-group.ts'
import { groupUpdateSchema, grownFeatureGroup } from '../metadata/grown-feature-group.ts'
import { avroSchemaOf } from '../metadata/subject.ts'
import { createOnlineTable, dropOnlineTable, growOnlineTable } from '../online/online-table.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import { transaction } from '../store.ts'
import { existingGroup } from './existing-group.ts'
import { jobView } from './jobs.ts'
import type { Call, Route } from './route.ts'

const one = '/project/:project/featurestores/:store/featuregroups/:group'

const statisticsUpdateSchema = z.object({ statisticsConfig: z.looseObject({}).nullish() })

/** Changes of a feature group: its words, its settings, features that are added to it, its rows. */
export const featureGroupUpdateRoutes = (services: Services): Route[] => {
  const { store, metadata, jobs, endpoints, server } = services
  const { featureGroups, subjects } = metadata

  const grow = (before: FeatureGroup, after: FeatureGroup) =>
    transaction(store, () => {
      if (after.features.length > before.features.length) {
        if (after.onlineEnabled) growOnlineTable(store, before, after)
        subjects.insert(qualifiedName(after), null, (identity) => ({ ...identity, schema: avroSchemaOf(after) }))
      }
      featureGroups.replace(after)
      return after
    })

  const replaced = (group: FeatureGroup) => {
    featureGroups.replace(group)
    return group
  }

  const update = (call: Call) => {
    const group = existingGroup(services, call)
    if (call.flag('updateMetadata')) return grow(group, grownFeatureGroup(group, call.body(groupUpdateSchema), server))
    if (call.flag('updateStatsConfig')) {
      const { statisticsConfig } = call.body(statisticsUpdateSchema)
      return replaced({ ...group, statisticsConfig })
    }
    if (call.query.has('deprecate')) return replaced({ ...group, deprecated: call.flag('deprecate') })
    if (call.query.has('enableOnline') || call.query.has('disableOnline'))
      throw new RestError(failures.streamStaysAsItIs, qualifiedName(group))
    throw new RestError(failures.illegalUpdate, 'the query names no update that is known')
  }

  /** For an insert that overwrites: the rows go, in both stores; the group stays. */
  const clear = async (call: Call) => {
    const group = existingGroup(services, call)
    transaction(store, () => {
      if (!group.onlineEnabled) return
      dropOnlineTable(store, group)
      createOnlineTable(store, group)
    })
    await jobs.forget(group)
  }

  const updateTableSchema = (call: Call) => {
    const group = existingGroup(services, call)
    const name = `${qualifiedName(group)}_update_table_schema_${jobStamp(new Date())}`
    const job = metadata.jobs.insert(name, null, (identity) => ({
      ...identity,
      created: new Date().toISOString(),
      creator: call.key.username,
      defaultArgs: `-op update_table_schema_fg -name ${group.name} -version ${group.version}`,
      task: { kind: 'table-schema', featureGroupId: group.id },
    }))
    jobs.start(job, job.defaultArgs, call.key.username)
    return jobView(job, endpoints.rest)
  }

  return [
    { method: 'POST', path: `${one}/clear`, scope: 'featurestore:write', handle: clear },
    { method: 'PUT', path: one, scope: 'featurestore:write', handle: update },
    { method: 'POST', path: `${one}/updatetableschema`, scope: 'featurestore:write', handle: updateTableSchema },
  ]
}
