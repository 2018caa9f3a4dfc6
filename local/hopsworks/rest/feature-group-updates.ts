import { jobStamp } from '../jobs/job-stamp.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import { qualifiedName } from '../metadata/feature-group.ts'
import { groupUpdateSchema, grownFeatureGroup } from '../metadata/grown-feature-group.ts'
import { avroSchemaOf } from '../metadata/subject.ts'
import { growOnlineTable } from '../online/online-table.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import { transaction } from '../store.ts'
import { existingGroup } from './existing-group.ts'
import { jobView } from './jobs.ts'
import type { Call, Route } from './route.ts'

const one = '/project/:project/featurestores/:store/featuregroups/:group'

/** Changes of a feature group: its description, and features that are added to it. */
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

  const update = (call: Call) => {
    const group = existingGroup(services, call)
    if (call.flag('updateMetadata')) return grow(group, grownFeatureGroup(group, call.body(groupUpdateSchema), server))
    throw new RestError(failures.illegalUpdate, 'only updateMetadata is known to the local Hopsworks')
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
    { method: 'PUT', path: one, scope: 'featurestore:write', handle: update },
    { method: 'POST', path: `${one}/updatetableschema`, scope: 'featurestore:write', handle: updateTableSchema },
  ]
}
