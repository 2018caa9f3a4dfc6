import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { mappingArn, mappings } from './event-sources/mapping.ts'
import { functionArn, functionReference } from './function-name.ts'

export default defineOperation({
  service: 'lambda',
  name: 'ListEventSourceMappings',
  route: { method: 'GET', path: '/2015-03-31/event-source-mappings' },
  input: z.strictObject({
    EventSourceArn: z.string().optional(),
    FunctionName: z.string().optional(),
    Marker: z.string().optional(),
    MaxItems: z.int().min(1).max(10_000).optional(),
  }),
  needs: (_, platform) => [{ action: 'lambda:ListEventSourceMappings', resource: mappingArn(platform, '*') }],
  run({ EventSourceArn, FunctionName, Marker, MaxItems = 100 }, { platform }) {
    const arn = FunctionName && functionArn(platform, functionReference(FunctionName).name)
    const found = mappings(platform)
      .list(Marker === undefined ? {} : { after: Marker })
      .map(({ value }) => value)
      .filter((mapping) => EventSourceArn === undefined || mapping.EventSourceArn === EventSourceArn)
      .filter(({ FunctionArn }) => !arn || FunctionArn === arn || FunctionArn.startsWith(`${arn}:`))
    const page = found.slice(0, MaxItems)
    return {
      EventSourceMappings: page,
      ...(found.length > page.length && { NextMarker: page.at(-1)?.UUID }),
    }
  },
})
