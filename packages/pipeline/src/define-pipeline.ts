import type { FeatureView, RequestIn, VectorIn } from './feature-view.ts'
import type { Pipeline } from './pipeline.ts'
import { InvalidPipeline } from './problems/invalid-pipeline.ts'
import { problemsOf } from './problems/problems-of.ts'
import type { ApproveSettings, DeploySettings, EvaluateSettings, MonitorSettings, TrainSettings } from './settings.ts'

export interface PipelineSpec<V extends FeatureView, H> {
  readonly view: V
  readonly train: TrainSettings<H>
  readonly evaluate: EvaluateSettings<(keyof NoInfer<RequestIn<V>> | keyof NoInfer<VectorIn<V>>) & string>
  readonly approve: ApproveSettings
  readonly deploy: DeploySettings
  readonly monitor: MonitorSettings
}

/** The pipeline that a view and its settings make. Throws {@link InvalidPipeline}, which lists every problem with its path. */
export const definePipeline = <V extends FeatureView, H extends Readonly<Record<string, number | string>>>(
  spec: PipelineSpec<V, H>,
): Pipeline<V> => {
  const problems = problemsOf(spec)
  if (problems.length > 0) throw new InvalidPipeline(problems)
  const { view } = spec
  return { name: view.name, spine: view.spine, windows: view.join, ...spec }
}
