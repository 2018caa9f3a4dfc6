import type { HttpRequest } from '@hopline/lambda'
import type { KeptFresh } from './kept-fresh.ts'
import type { Served } from './live-pipeline.ts'
import type { PredictServices } from './predict.ts'
import { OtherModel, unknownPipeline } from './problems.ts'

export interface Services extends PredictServices {
  /** Pipelines by the name in the path. */
  pipelines: ReadonlyMap<string, KeptFresh<Served>>
}

const answer = async ({ parse, predict }: Served, body: unknown, services: PredictServices) => {
  const { batch, instances } = parse(body)
  const predictions = await predict(instances, services)
  return batch ? { predictions } : { ...predictions[0] }
}

/**
 * One prediction, or `{ "predictions": [...] }` for a batch, in the order of its instances. Where another model stands
 * behind the endpoint than was thought, it is asked once more under the contracts that are live by now.
 */
export const run = async ({ path, body }: HttpRequest, services: Services) => {
  const name = path['pipeline'] ?? ''
  const pipeline = services.pipelines.get(name)
  if (pipeline === undefined) throw unknownPipeline(name)
  const known = await pipeline.get()
  try {
    return await answer(known, body, services)
  } catch (error) {
    if (!(error instanceof OtherModel)) throw error
    const live = await pipeline.reread()
    if (live === known) throw error
    return answer(live, body, services)
  }
}
