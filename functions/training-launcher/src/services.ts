import type { Objects } from '@hopline/lambda/objects'
import type { AnyPipeline, ViewDefinition } from '@hopline/pipeline'
import type { JobCheck, JobExecutions, Snapshot, TrainPlan } from '@hopline/workflow'

/** What a training asks of Hopsworks. */
export interface TrainingStore {
  ensureViews(views: readonly ViewDefinition[]): Promise<void>
  /** What runs now of the job that brings a group's rows into the offline store. */
  runningMaterialisation(group: TrainPlan['groups'][number]): Promise<JobExecutions[number] | undefined>
  startMaterialisation(group: TrainPlan['groups'][number]): Promise<JobExecutions[number]>
  startSnapshot(plan: TrainPlan): Promise<{ snapshot: Snapshot; executions: JobExecutions }>
  check(execution: JobExecutions[number]): Promise<JobCheck>
}

/** The model that serves now, as its endpoint says. */
export interface LiveModel {
  readonly modelName: string
  readonly modelPackageArn: string
  readonly contract: string
}

export interface Services {
  readonly objects: Objects
  /** Connects when it is first asked for: some steps do without. */
  readonly hopsworks: () => Promise<TrainingStore>
  readonly liveModel: (endpoint: string) => Promise<LiveModel | null>
  /** The bytes of `code/<pipeline>.tar.gz` in this function's own zip. */
  readonly trainingCode: (pipeline: string) => Promise<Uint8Array>
  readonly pipeline: (name: string) => AnyPipeline
  readonly stage: string
  readonly region: string
  readonly dataBucket: string
  readonly sagemakerRoleArn: string
}
