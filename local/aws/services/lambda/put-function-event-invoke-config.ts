import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import type { EventInvokeConfig } from './event-invoke-configs.ts'
import { eventInvokeConfigInput, eventInvokeConfigs } from './event-invoke-configs.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingVersion } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'PutFunctionEventInvokeConfig',
  route: { method: 'PUT', path: '/2019-09-25/functions/{FunctionName}/event-invoke-config' },
  input: z.strictObject({
    ...eventInvokeConfigInput,
    FunctionName: functionNameInput,
    Qualifier: z.string().optional(),
  }),
  needs: ({ FunctionName }, platform) => [
    {
      action: 'lambda:PutFunctionEventInvokeConfig',
      resource: functionArn(platform, functionReference(FunctionName).name),
    },
  ],
  run(input, { platform }) {
    const reference = functionReference(input.FunctionName, input.Qualifier)
    existingVersion(platform, reference)
    const config: EventInvokeConfig = {
      FunctionArn: functionArn(platform, reference.name, reference.qualifier),
      LastModified: platform.clock.now() / 1000,
      ...(input.MaximumRetryAttempts !== undefined && { MaximumRetryAttempts: input.MaximumRetryAttempts }),
      ...(input.MaximumEventAgeInSeconds !== undefined && { MaximumEventAgeInSeconds: input.MaximumEventAgeInSeconds }),
      ...(input.DestinationConfig && { DestinationConfig: input.DestinationConfig }),
    }
    eventInvokeConfigs(platform).put(`${reference.name}:${reference.qualifier}`, config)
    return config
  },
})
