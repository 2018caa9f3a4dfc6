import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingMapping, mappingArn, uuidInput } from './event-sources/mapping.ts'

export default defineOperation({
  service: 'lambda',
  name: 'GetEventSourceMapping',
  route: { method: 'GET', path: '/2015-03-31/event-source-mappings/{UUID}' },
  input: z.strictObject({ UUID: uuidInput }),
  needs: ({ UUID }, platform) => [{ action: 'lambda:GetEventSourceMapping', resource: mappingArn(platform, UUID) }],
  run: ({ UUID }, { platform }) => existingMapping(platform, UUID),
})
