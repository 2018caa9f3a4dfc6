import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { forgetCheckpoints } from './event-sources/checkpoints.ts'
import { existingMapping, mappingArn, mappings, uuidInput } from './event-sources/mapping.ts'
import { pollersOf } from './event-sources/pollers.ts'

export default defineOperation({
  service: 'lambda',
  name: 'DeleteEventSourceMapping',
  route: { method: 'DELETE', path: '/2015-03-31/event-source-mappings/{UUID}', reply: { status: 202 } },
  input: z.strictObject({ UUID: uuidInput }),
  needs: ({ UUID }, platform) => [{ action: 'lambda:DeleteEventSourceMapping', resource: mappingArn(platform, UUID) }],
  run({ UUID }, { platform }) {
    const mapping = existingMapping(platform, UUID)
    pollersOf(platform).end(UUID)
    mappings(platform).delete(UUID)
    forgetCheckpoints(platform, UUID)
    return { ...mapping, State: 'Deleting' }
  },
})
