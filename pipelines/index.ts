import type { AnyPipeline } from '@hopline/pipeline'
import birdStrikes from './bird-strikes/pipeline.ts'
import flightDelays from './flight-delays/pipeline.ts'

/** The pipelines that this stack serves. */
export const pipelines: readonly AnyPipeline[] = [flightDelays, birdStrikes]

/** Thrown for a name that no pipeline of this stack bears. */
export class UnknownPipeline extends Error {
  override readonly name = 'UnknownPipeline'
}

/** The pipeline of that name. Throws {@link UnknownPipeline}. */
export const pipelineNamed = (name: string): AnyPipeline => {
  const found = pipelines.find((pipeline) => pipeline.name === name)
  if (found) return found
  throw new UnknownPipeline(`no pipeline is named ${name}; there is ${pipelines.map((known) => known.name).join(', ')}`)
}
