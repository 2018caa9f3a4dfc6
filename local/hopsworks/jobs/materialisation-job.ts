import { project } from '../project.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import { creator } from '../metadata/creator.ts'
import type { Metadata } from '../metadata/metadata.ts'

/** The job that a stream feature group gets with its creation. */
export const materialisationJob = ({ jobs }: Metadata, { id, name, version }: FeatureGroup) => {
  const job = `${name}_${version}_offline_fg_materialization`
  return jobs.insert(job, 1, (identity) => ({
    ...identity,
    created: new Date().toISOString(),
    creator: creator.username,
    defaultArgs: `-op offline_fg_materialization -path hdfs:///Projects/${project.name}/Resources/jobs/${job}/config.json`,
    task: { kind: 'materialise', featureGroupId: id },
  }))
}
