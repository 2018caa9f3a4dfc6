import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { saveEndpoint, settledEndpoint } from './hosting/endpoint.ts'
import { fleets } from './hosting/fleets.ts'
import { arnOf, resourceName } from './names.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'UpdateEndpointWeightsAndCapacities',
  input: z.strictObject({
    EndpointName: resourceName,
    DesiredWeightsAndCapacities: z
      .array(
        z.strictObject({
          VariantName: resourceName,
          DesiredWeight: z.number().min(0).optional(),
          DesiredInstanceCount: z.int().min(1).optional(),
        }),
      )
      .min(1),
  }),
  needs: ({ EndpointName }, platform) => [
    { action: 'sagemaker:UpdateEndpointWeightsAndCapacities', resource: arnOf(platform, 'endpoint', EndpointName) },
  ],
  run: ({ EndpointName: name, DesiredWeightsAndCapacities: wanted }, { platform }) => {
    const { failureReason: _, current, ...known } = settledEndpoint(platform, name)
    if (current === undefined || known.status !== 'InService') {
      throw new AwsError('ValidationException', `Cannot update endpoint "${known.arn}": its status is ${known.status}.`)
    }
    for (const { VariantName } of wanted) {
      if (current.variants.every((variant) => variant.name !== VariantName)) {
        throw new AwsError('ValidationException', `Could not find variant "${VariantName}" of endpoint "${known.arn}".`)
      }
    }
    const variants = current.variants.map((variant) => {
      const change = wanted.find(({ VariantName }) => VariantName === variant.name)
      const { DesiredWeight: weight = variant.weight, DesiredInstanceCount: instanceCount = variant.instanceCount } =
        change ?? {}
      return { ...variant, desired: { weight, instanceCount } }
    })
    saveEndpoint(platform, { ...known, status: 'Updating', current: { ...current, variants } })
    void fleets(platform).scale(name)
    return { EndpointArn: known.arn }
  },
})
