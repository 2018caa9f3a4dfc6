import { columnsOf, eventTimeOf, featureGroupRequests, keyOf } from '@hopline/pipeline'
import type { AnyPipeline, FeatureGroup } from '@hopline/pipeline'
import { UnknownGroup } from './errors.ts'

/** The pipeline and its group that an event is about. Throws {@link UnknownGroup}. */
export const groupOf = (pipelines: readonly AnyPipeline[], event: { pipeline: string; group: string }) => {
  const pipeline = pipelines.find(({ name }) => name === event.pipeline)
  if (pipeline === undefined) throw new UnknownGroup(`there is no pipeline ${event.pipeline}`)
  if (pipeline.spine.name !== event.group) throw new UnknownGroup(`${event.pipeline} has no group ${event.group}`)
  return { pipeline, group: pipeline.spine }
}
