import * as z from 'zod'
import { number, text } from '../property-values.ts'
import type { ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'

const destination = z.strictObject({ Destination: text }).optional()

const properties = z.strictObject({
  FunctionName: text,
  Qualifier: text,
  DestinationConfig: z.strictObject({ OnSuccess: destination, OnFailure: destination }).optional(),
  MaximumEventAgeInSeconds: number.optional(),
  MaximumRetryAttempts: number.optional(),
})

const put = async (config: z.infer<typeof properties>, { call }: ResourceContext) => {
  await call('lambda', 'PutFunctionEventInvokeConfig', config)
  return { physicalId: `${config.FunctionName}|${config.Qualifier}`, attributes: {} }
}

export default defineResource({
  type: 'AWS::Lambda::EventInvokeConfig',
  properties,
  replacedBy: ['FunctionName', 'Qualifier'],
  create: put,
  update: (config, _, context) => put(config, context),
  async delete({ properties: { FunctionName, Qualifier } }, { call }) {
    await call('lambda', 'DeleteFunctionEventInvokeConfig', { FunctionName, Qualifier })
  },
})
