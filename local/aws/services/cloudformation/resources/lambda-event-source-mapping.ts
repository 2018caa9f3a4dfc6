import * as z from 'zod'
import { document, flag, number, text } from '../property-values.ts'
import type { Made } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'

const properties = z.strictObject({
  EventSourceArn: text,
  FunctionName: text,
  Enabled: flag.optional(),
  BatchSize: number.optional(),
  MaximumBatchingWindowInSeconds: number.optional(),
  FunctionResponseTypes: z.array(text).optional(),
  FilterCriteria: z
    .strictObject({ Filters: z.array(z.strictObject({ Pattern: z.union([z.string(), document]) })).optional() })
    .optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: number.optional() }).optional(),
  StartingPosition: text.optional(),
  StartingPositionTimestamp: number.optional(),
  ParallelizationFactor: number.optional(),
  MaximumRetryAttempts: number.optional(),
  MaximumRecordAgeInSeconds: number.optional(),
  BisectBatchOnFunctionError: flag.optional(),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: text.optional() }).optional() })
    .optional(),
})

const request = ({ FilterCriteria, ...mapping }: z.infer<typeof properties>) => ({
  ...mapping,
  ...(FilterCriteria && {
    FilterCriteria: {
      Filters: FilterCriteria.Filters?.map(({ Pattern }) => ({
        Pattern: typeof Pattern === 'string' ? Pattern : JSON.stringify(Pattern),
      })),
    },
  }),
})

const made = ({ UUID, EventSourceMappingArn }: { UUID: string; EventSourceMappingArn: string }): Made => ({
  physicalId: UUID,
  attributes: { Id: UUID, EventSourceMappingArn },
})

export default defineResource({
  type: 'AWS::Lambda::EventSourceMapping',
  properties,
  replacedBy: ['EventSourceArn', 'StartingPosition', 'StartingPositionTimestamp'],
  create: async (mapping, { call }) => made(await call('lambda', 'CreateEventSourceMapping', request(mapping))),
  update: async (mapping, { physicalId }, { call }) => {
    const { EventSourceArn: _, StartingPosition: __, StartingPositionTimestamp: ___, ...changes } = request(mapping)
    return made(
      await call('lambda', 'UpdateEventSourceMapping', {
        Enabled: true,
        FilterCriteria: {},
        ...changes,
        UUID: physicalId,
      }),
    )
  },
  async delete({ physicalId }, { call }) {
    await call('lambda', 'DeleteEventSourceMapping', { UUID: physicalId })
  },
})
