import type { HttpRequest } from '@hopline/lambda'
import type { AnyPipeline } from '@hopline/pipeline'
import { endpointName, kebab } from '@hopline/workflow'
import { predictorOf } from './predict.ts'
import type { PredictServices } from './predict.ts'
import { unknownPipeline } from './problems.ts'
import { requestParser } from './requests.ts'
import type { Requests } from './requests.ts'

export interface Services extends PredictServices {
  /** Pipelines and their predictors, by the name in the path. */
  pipelines: ReadonlyMap<string, { parse: (body: unknown) => Requests; predict: ReturnType<typeof predictorOf> }>
}

/** What a deployment serves: every pipeline under its name in kebab case. */
export const served = (pipelines: readonly AnyPipeline[], stage: string): Services['pipelines'] =>
  new Map(
    pipelines.map((pipeline) => {
      const predict = predictorOf(pipeline, endpointName(pipeline.name, stage))
      return [kebab(pipeline.name), { parse: requestParser(pipeline), predict }]
    }),
  )

/** One prediction, or `{ "predictions": [...] }` for a batch, in the order of its instances. */
export const run = async ({ path, body }: HttpRequest, services: Services) => {
  const name = path['pipeline'] ?? ''
  const found = services.pipelines.get(name)
  if (found === undefined) throw unknownPipeline(name)
  const { batch, instances } = found.parse(body)
  const predictions = await found.predict(instances, services)
  return batch ? { predictions } : { ...predictions[0] }
}
