import type { AnyPipeline } from '@hopline/pipeline'
import flightDelays from './flight-delays/pipeline.ts'

/** The pipelines that this stack serves. */
export const pipelines: AnyPipeline[] = [flightDelays]
