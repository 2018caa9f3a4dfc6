import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { checkSettings, filterCriteria } from './event-sources/check-settings.ts'
import type { EventSourceMapping } from './event-sources/mapping.ts'
import { existingMapping, mappingArn, mappings, settingsInput, uuidInput } from './event-sources/mapping.ts'
import { pollersOf } from './event-sources/pollers.ts'
import { functionArn, functionReference } from './function-name.ts'
import { existingVersion } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'UpdateEventSourceMapping',
  route: { method: 'PUT', path: '/2015-03-31/event-source-mappings/{UUID}', reply: { status: 202 } },
  input: z.strictObject({ ...settingsInput, FunctionName: settingsInput.FunctionName.optional(), UUID: uuidInput }),
  needs: ({ UUID }, platform) => [{ action: 'lambda:UpdateEventSourceMapping', resource: mappingArn(platform, UUID) }],
  run({ UUID, FunctionName, Enabled, FilterCriteria, ...changes }, { platform }) {
    const { FilterCriteria: filterBefore, ...before } = existingMapping(platform, UUID)
    const reference = FunctionName === undefined ? undefined : functionReference(FunctionName)
    if (reference) existingVersion(platform, reference)
    const set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    checkSettings(
      {
        BatchSize: before.BatchSize,
        MaximumBatchingWindowInSeconds: before.MaximumBatchingWindowInSeconds,
        ...set,
        FilterCriteria,
      },
      before.EventSourceArn,
    )
    const filter = FilterCriteria === undefined ? filterBefore : filterCriteria({ FilterCriteria })
    const enabled = Enabled ?? before.State === 'Enabled'
    const after: EventSourceMapping = {
      ...before,
      ...set,
      ...(filter && { FilterCriteria: filter }),
      ...(reference && {
        FunctionArn: functionArn(
          platform,
          reference.name,
          reference.qualifier === '$LATEST' ? undefined : reference.qualifier,
        ),
      }),
      State: enabled ? 'Enabled' : 'Disabled',
      LastModified: platform.clock.now() / 1000,
    }
    mappings(platform).put(UUID, after)
    pollersOf(platform).apply(after, enabled)
    return { ...after, State: Enabled === undefined ? 'Updating' : enabled ? 'Enabling' : 'Disabling' }
  },
})
