import type { Objects } from '@hopline/lambda/objects'
import type { GoldenRequest } from '@hopline/workflow'

export interface ModelPackage {
  readonly image: string
  readonly modelDataUrl: string
  readonly environment: Readonly<Record<string, string>>
  readonly approval: string
  readonly properties: Readonly<Record<string, string>>
}

export interface EndpointState {
  /** As SageMaker says it: `InService`, `Creating`, `Updating`, `Failed`, … */
  readonly status: string
  /** The configuration that serves, or that is being created. */
  readonly config: string
  /** The configuration that is on its way to take over; null where none is. */
  readonly pending: string | null
  readonly failure: string | undefined
}

export interface NewModel {
  readonly name: string
  readonly roleArn: string
  readonly image: string
  readonly modelDataUrl: string
  readonly environment: Readonly<Record<string, string>>
}

export interface NewConfig {
  readonly name: string
  readonly model: string
  readonly instance: string
  readonly count: number
  readonly tags: Readonly<Record<string, string>>
}

export interface Answer {
  readonly probabilities: readonly number[]
  readonly contract: string
}

/** SageMaker's hosting, as far as a deployment uses it. Creating what exists already is not an error: names follow from the version. */
export interface Hosting {
  modelPackage(arn: string): Promise<ModelPackage>
  createModel(model: NewModel): Promise<void>
  createConfig(config: NewConfig): Promise<void>
  endpoint(name: string): Promise<EndpointState | null>
  createEndpoint(name: string, config: string): Promise<void>
  updateEndpoint(name: string, config: string): Promise<void>
  deleteEndpoint(name: string): Promise<void>
  /** What the endpoint answers to named features: their probabilities, and the hash of the contract that it answers under. */
  invoke(endpoint: string, instances: GoldenRequest['instances']): Promise<Answer>
}

export interface Services {
  readonly objects: Objects
  readonly hosting: Hosting
  readonly deployOf: (pipeline: string) => { readonly instance: string; readonly count: number }
  /** The pipeline whose model package group this is. */
  readonly pipelineOf: (group: string) => string | undefined
  readonly stage: string
  readonly dataBucket: string
  readonly sagemakerRoleArn: string
}
