import { treeOf } from '../feature-group.ts'
import type { AnyPipeline } from '../pipeline.ts'
import type { JoinDefinition, ViewDefinition } from './definitions.ts'
import { eventTimeName, hopsworksGroupName } from './groups.ts'

const joinsOf = (pipeline: AnyPipeline): JoinDefinition[] =>
  pipeline.windows.map(({ name, by, features }) => ({
    group: hopsworksGroupName(pipeline, name),
    features: Object.keys(features),
    on: [...by],
    prefix: `${name}_`,
  }))

/** What the snapshot holds of the spine: which row it is and when, what is sliced by, the features, the label. */
const trainingColumns = ({ spine, view, evaluate }: AnyPipeline) => {
  const slices = (evaluate.slices?.by ?? []).filter((name) => treeOf(spine, name) !== undefined)
  return [...new Set([...spine.key, eventTimeName(spine) ?? '', ...slices, ...view.features, view.label])]
}

export interface PipelineViews {
  readonly training: ViewDefinition
  readonly serving: ViewDefinition
  readonly freshness: ViewDefinition
}

/**
 * The views of a pipeline in Hopsworks. `training` also holds the key, the event time and what the evaluation slices by:
 * a training script takes its features by name. `serving` has a spine of the label alone, which the servers skip.
 * `freshness` reads the watermark of a window group, whose name (in the pipeline) is the key `of`.
 */
export const featureViewRequests = (pipeline: AnyPipeline): PipelineViews => {
  const { name, spine, view } = pipeline
  const group = hopsworksGroupName(pipeline, spine.name)
  const joins = joinsOf(pipeline)
  const label = [view.label]
  return {
    training: { name, version: view.version, label, left: { group, features: trainingColumns(pipeline) }, joins },
    serving: { name: `${name}_serving`, version: view.version, label, left: { group, features: label }, joins },
    freshness: {
      name: `${name}_freshness`,
      version: 1,
      label: [],
      left: { group: hopsworksGroupName(pipeline, 'watermarks'), features: ['of', 'watermark'] },
      joins: [],
    },
  }
}
