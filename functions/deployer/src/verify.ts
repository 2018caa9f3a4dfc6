import type { Deployment, DeployOutput } from '@hopline/workflow'
import { goldenRequest } from '@hopline/workflow'
import { GoldenRequestFailed } from './errors.ts'
import type { Services } from './services.ts'

/** Floating point may differ in the last digits between the job's machine and the endpoint's. */
const tolerance = 1e-9

/** Asks the endpoint what the model was asked when it was judged, and expects the same answers. */
export const verify = async (deployment: Deployment, { hosting, objects }: Services): Promise<DeployOutput> => {
  const { endpoint, config, modelPackageArn, contract, goldenUri } = deployment
  const { instances, probabilities } = goldenRequest.parse(JSON.parse(await objects.text(goldenUri)))
  const answered = await hosting.invoke(endpoint, instances)
  const wrong = probabilities.findIndex(
    (expected, at) => !(Math.abs((answered[at] ?? Number.NaN) - expected) <= tolerance),
  )
  if (answered.length !== probabilities.length || wrong !== -1) {
    throw new GoldenRequestFailed(
      `${endpoint} answered ${answered[wrong]} to golden instance ${wrong}; the judged model answered ${probabilities[wrong]}`,
    )
  }
  return { endpoint, config, modelPackageArn, contract }
}
