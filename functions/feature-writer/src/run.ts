import { HopsworksUnauthorised, HopsworksUnreachable } from '@hopline/hopsworks/errors'
import { clockOf, columnsOf, featureGroupRequests } from '@hopline/pipeline'
import type { AnyPipeline, Values } from '@hopline/pipeline'
import type { DoctorReport, FeatureWriterEvent, IngestInput } from '@hopline/workflow'
import { append } from './append.ts'
import { confirm } from './confirm.ts'
import type { Connection } from './connection.ts'
import { isObjectFailure, UnknownGroup } from './errors.ts'
import { s3Log } from './log/log.ts'
import type { Objects } from './objects.ts'
import { publish } from './publish/publish.ts'
import { quarantineObject } from './quarantine.ts'
import { sourceOf } from './read/source-of.ts'
import { servedPipeline } from './served-pipeline.ts'
import type { Sink } from './sink.ts'

export interface Services {
  pipelines: readonly AnyPipeline[]
  objects: Objects
  sink: Sink
  connection: Connection
  /** Looks at the function's own connections. */
  examine: () => Promise<DoctorReport>
}

/**
 * One step of an ingestion. Each may be repeated: names of objects follow from the run, and the stores upsert by key.
 * After a refused key, or where nobody answers, the step fails, and the next try reads the secret anew: the key may be
 * another, or the address.
 */
export const run = async (event: FeatureWriterEvent, services: Services) => {
  try {
    return await runStep(event, services)
  } catch (error) {
    if (error instanceof HopsworksUnauthorised || error instanceof HopsworksUnreachable) {
      services.connection.forget()
      services.sink.reset()
    }
    throw error
  }
}

const runStep = async (event: FeatureWriterEvent, services: Services) => {
  if (event.step === 'doctor') return services.examine()
  if (event.step === 'confirm') {
    return confirm(event.ingestions, (await services.connection.get()).onlineIngestions)
  }
  const { objects, sink } = services
  const pipeline = await servedPipeline(pipelineOf(services.pipelines, event), objects)
  const group = pipeline.spine
  const log = s3Log(objects, pipeline.name, group.name, featureGroupRequests(pipeline).spine.features)
  const source = () => {
    return sourceOf(event.object.key, objects.raw(event.object), columnsOf(group))
  }
  if (event.step === 'publish') return publish(event, { pipeline, objects, log, sink })
  if (event.step === 'plan') return leavingWord(event, objects, async () => ({ chunks: await source().plan() }))
  const clocks = pipeline.windows.map(clockOf)
  const clocksOf = (row: Values) => clocks.map((clock) => clock(row))
  return leavingWord(event, objects, () => append(event, { objects, source: source(), group, clocksOf, log }))
}

const pipelineOf = (pipelines: readonly AnyPipeline[], event: IngestInput) => {
  const pipeline = pipelines.find(({ name }) => name === event.pipeline)
  if (pipeline === undefined) throw new UnknownGroup(`there is no pipeline ${event.pipeline}`)
  if (pipeline.spine.name !== event.group) throw new UnknownGroup(`${event.pipeline} has no group ${event.group}`)
  return pipeline
}

/** An object that cannot be taken in leaves a record in the quarantine that points at it. */
const leavingWord = async <T>(event: IngestInput, objects: Objects, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (isObjectFailure(error)) await quarantineObject(objects, event, event.object, error)
    throw error
  }
}
