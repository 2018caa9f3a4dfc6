import type { FeatureGroup } from './feature-group.ts'
import type { FeatureView, RequestIn, VectorIn } from './feature-view.ts'
import type { ApproveSettings, DeploySettings, EvaluateSettings, MonitorSettings, TrainSettings } from './settings.ts'
import type { WindowGroup } from './windows/windowed.ts'

/** What a pipeline is made of. */
export interface Declared<V extends FeatureView = FeatureView> {
  readonly view: V
  readonly train: TrainSettings
  readonly evaluate: EvaluateSettings
  readonly approve: ApproveSettings
  readonly deploy: DeploySettings
  readonly monitor: MonitorSettings
}

/** A machine-learning system as plain data. It is named as its view is. */
export interface Pipeline<V extends FeatureView = FeatureView> extends Declared<V> {
  readonly name: string
  readonly spine: FeatureGroup
  readonly windows: readonly WindowGroup[]
}
export type AnyPipeline = Pipeline

/** What a caller of the pipeline's API sends; what may be null may be left out. */
export type RequestOf<P extends AnyPipeline> = RequestIn<P['view']>
/** What the model is sent: any feature may be null. */
export type VectorOf<P extends AnyPipeline> = VectorIn<P['view']>
