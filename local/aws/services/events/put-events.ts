import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { checkedEntry, entryBytes, entryInput } from './put-events-entry.ts'
import { busArn } from './event-bus.ts'
import { eventEnvelope } from './event-envelope.ts'
import { routeEvent } from './route-event.ts'

const mostBytes = 262_144

export default defineOperation({
  service: 'events',
  name: 'PutEvents',
  input: z.strictObject({ Entries: z.array(entryInput).min(1).max(10) }),
  needs: (_, platform) => [{ action: 'events:PutEvents', resource: busArn(platform) }],
  run: ({ Entries: entries }, { platform }) => {
    if (entries.reduce((bytes, entry) => bytes + entryBytes(entry), 0) > mostBytes) {
      const message = 'Total size of the entries in the request is over the limit.'
      throw new AwsError('ValidationException', message)
    }
    const Entries = entries.map((entry) => {
      const checked = checkedEntry(platform, entry)
      if ('ErrorCode' in checked) return checked
      const id = randomUUID()
      const time = entry.Time === undefined ? platform.clock.now() : entry.Time * 1000
      routeEvent(platform, eventEnvelope(platform, { ...checked, id, time }))
      return { EventId: id }
    })
    return { FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length, Entries }
  },
})
