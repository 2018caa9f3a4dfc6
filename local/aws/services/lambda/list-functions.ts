import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { functionArn } from './function-name.ts'
import { versionsTable } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'ListFunctions',
  route: { method: 'GET', path: '/2015-03-31/functions' },
  input: z.strictObject({ Marker: z.string().optional(), MaxItems: z.coerce.number().int().min(1).optional() }),
  needs: (_, platform) => [{ action: 'lambda:ListFunctions', resource: functionArn(platform, '*') }],
  run({ Marker, MaxItems = 50 }, { platform }) {
    const latest = versionsTable(platform)
      .list(Marker === undefined ? {} : { after: Marker })
      .filter(({ value }) => value.Version === '$LATEST')
    const page = latest.slice(0, MaxItems)
    const last = page.at(-1)
    return {
      Functions: page.map(({ value }) => value),
      ...(latest.length > page.length && last && { NextMarker: last.key }),
    }
  },
})
