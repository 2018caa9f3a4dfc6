import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { stateMachines } from './machines/state-machine.ts'
import { machineArn } from './names.ts'
import { pageOf, pagingInput } from './paging.ts'

export default defineOperation({
  service: 'states',
  name: 'ListStateMachines',
  input: z.strictObject(pagingInput),
  needs: (_, platform) => [{ action: 'states:ListStateMachines', resource: machineArn(platform, '*') }],
  run: (paging, { platform }) => {
    const { items, ...rest } = pageOf(stateMachines(platform).list(), ({ key }) => key, paging)
    return {
      stateMachines: items.map(({ value: { arn, name, type, createdAt } }) => ({
        stateMachineArn: arn,
        name,
        type,
        creationDate: new Date(createdAt),
      })),
      ...rest,
    }
  },
})
