import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { checkSettings, checkSource, filterCriteria, refusedSetting } from './event-sources/check-settings.ts'
import type { EventSourceMapping } from './event-sources/mapping.ts'
import { kindOf, mappingArn, mappings, settingsInput } from './event-sources/mapping.ts'
import { pollersOf } from './event-sources/pollers.ts'
import { functionArn, functionReference } from './function-name.ts'
import { versionsTable } from './functions.ts'

const never = -1

export default defineOperation({
  service: 'lambda',
  name: 'CreateEventSourceMapping',
  route: { method: 'POST', path: '/2015-03-31/event-source-mappings', reply: { status: 202 } },
  input: z.strictObject({
    ...settingsInput,
    EventSourceArn: z.string().startsWith('arn:aws:'),
    StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']).optional(),
    /** Seconds since 1970. */
    StartingPositionTimestamp: z.number().optional(),
    Tags: z.record(z.string(), z.string()).optional(),
  }),
  needs: (_, platform) => [{ action: 'lambda:CreateEventSourceMapping', resource: mappingArn(platform, '*') }],
  async run(input, { platform }) {
    const { EventSourceArn, FunctionName, Enabled = true, StartingPosition, StartingPositionTimestamp } = input
    const kind = kindOf(EventSourceArn)
    const { name, qualifier } = functionReference(FunctionName)
    const fn = versionsTable(platform).get(`${name}:${qualifier}`)
    if (!fn) throw refusedSetting('Function does not exist')
    if (kind === 'sqs' && StartingPosition) throw refusedSetting('StartingPosition is not valid for SQS event sources.')
    if (kind === 'kinesis' && !StartingPosition) {
      throw refusedSetting(
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
      )
    }
    if ((StartingPosition === 'AT_TIMESTAMP') !== (StartingPositionTimestamp !== undefined)) {
      throw refusedSetting('StartingPositionTimestamp goes with the starting position AT_TIMESTAMP, and only with it.')
    }
    checkSettings(input, EventSourceArn)
    await checkSource(platform, EventSourceArn, fn)
    const FunctionArn = functionArn(platform, name, qualifier === '$LATEST' ? undefined : qualifier)
    const same = mappings(platform)
      .list()
      .find(({ value }) => value.EventSourceArn === EventSourceArn && value.FunctionArn === FunctionArn)
    if (same) {
      throw new AwsError(
        'ResourceConflictException',
        `An event source mapping with ${kind === 'sqs' ? 'SQS' : 'Kinesis'} arn (" ${EventSourceArn} ") and function (" ${name} ") already exists. Please update or delete the existing mapping with UUID ${same.value.UUID}`,
        { status: 409, Type: 'User' },
      )
    }
    const UUID = randomUUID()
    const filter = filterCriteria(input)
    const mapping: EventSourceMapping = {
      UUID,
      EventSourceMappingArn: mappingArn(platform, UUID),
      EventSourceArn,
      FunctionArn,
      State: Enabled ? 'Enabled' : 'Disabled',
      StateTransitionReason: 'USER_INITIATED',
      LastModified: platform.clock.now() / 1000,
      BatchSize: input.BatchSize ?? (kind === 'sqs' ? 10 : 100),
      MaximumBatchingWindowInSeconds: input.MaximumBatchingWindowInSeconds ?? 0,
      FunctionResponseTypes: input.FunctionResponseTypes ?? [],
      ...(filter && { FilterCriteria: filter }),
      ...(input.ScalingConfig && { ScalingConfig: input.ScalingConfig }),
      ...(StartingPosition && {
        StartingPosition,
        ...(StartingPositionTimestamp !== undefined && { StartingPositionTimestamp }),
        LastProcessingResult: 'No records processed',
        ParallelizationFactor: input.ParallelizationFactor ?? 1,
        MaximumRetryAttempts: input.MaximumRetryAttempts ?? never,
        MaximumRecordAgeInSeconds: input.MaximumRecordAgeInSeconds ?? never,
        BisectBatchOnFunctionError: input.BisectBatchOnFunctionError ?? false,
        DestinationConfig: input.DestinationConfig ?? { OnFailure: {} },
      }),
    }
    mappings(platform).put(UUID, mapping)
    pollersOf(platform).apply(mapping, Enabled)
    return { ...mapping, State: 'Creating' }
  },
})
