import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { checkedPattern } from './checked-pattern.ts'

const event = z.looseObject({
  id: z.string(),
  account: z.string(),
  source: z.string(),
  time: z.string(),
  region: z.string(),
  'detail-type': z.string(),
})

const checkedEvent = (text: string): unknown => {
  try {
    return event.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof z.ZodError) {
      const [name] = error.issues[0]?.path ?? []
      const reason = name === undefined ? 'The event is not an object.' : `${String(name)} is a required argument.`
      throw new AwsError('ValidationException', `Parameter Event is not valid. Reason: ${reason}`)
    }
    throw new AwsError('ValidationException', 'Parameter Event is not valid. Reason: The event is not valid JSON.')
  }
}

export default defineOperation({
  service: 'events',
  name: 'TestEventPattern',
  input: z.strictObject({ EventPattern: z.string().max(4096), Event: z.string() }),
  needs: () => [{ action: 'events:TestEventPattern', resource: '*' }],
  run: ({ EventPattern, Event }) => ({ Result: checkedPattern(EventPattern)(checkedEvent(Event)) }),
})
