import type { Deployment, DeployOutput } from '@hopline/workflow'
import { goldenRequest } from '@hopline/workflow'
import { check } from './check.ts'
import { GoldenRequestFailed } from './errors.ts'
import { writeLiveContracts } from './live-contracts.ts'
import { packageContract } from './package-contract.ts'
import type { Services } from './services.ts'

/** Floating point may differ in the last digits between the job's machine and the endpoint's. */
const tolerance = 1e-9

/** Asks the endpoint what the model was asked when it was judged, and expects the same answers. Then its contract alone is live. */
export const verify = async (deployment: Deployment, services: Services): Promise<DeployOutput> => {
  const { hosting, objects } = services
  const { pipeline, endpoint, config, modelPackageArn, contract, goldenUri } = deployment
  const { instances, probabilities } = goldenRequest.parse(JSON.parse(await objects.text(goldenUri)))
  const answered = await hosting.invoke(endpoint, instances)
  if (answered.contract !== contract) {
    throw new GoldenRequestFailed(`${endpoint} answers under contract ${answered.contract}; ${contract} was registered`)
  }
  const wrong = probabilities.findIndex(
    (expected, at) => !(Math.abs((answered.probabilities[at] ?? Number.NaN) - expected) <= tolerance),
  )
  if (answered.probabilities.length !== probabilities.length || wrong !== -1) {
    throw new GoldenRequestFailed(
      `${endpoint} answered ${answered.probabilities[wrong]} to golden instance ${wrong}; the judged model answered ${probabilities[wrong]}`,
    )
  }
  const { state } = await check(deployment, hosting) // another deployment may be on its way by now
  if (state === 'in-service') {
    await writeLiveContracts(pipeline, [await packageContract(modelPackageArn, services)], services)
  }
  return { endpoint, config, modelPackageArn, contract }
}
