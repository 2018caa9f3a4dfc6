import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { applicationArn, applicationMembers, applications, keepApplication, onApplication } from './applications.ts'
import { newId } from './new-id.ts'

export default defineOperation({
  service: 'emr-serverless',
  name: 'CreateApplication',
  route: { method: 'POST', path: '/applications' },
  input: z.strictObject({ ...applicationMembers, clientToken: z.string().min(1).max(64) }),
  needs: (_, platform) => onApplication(platform, 'CreateApplication', '*'),
  run(members, { platform }) {
    const same = applications(platform)
      .list()
      .find(({ value }) => value.clientToken === members.clientToken)?.value
    const now = platform.clock.now()
    const { applicationId, name } =
      same ??
      keepApplication(platform, { ...members, applicationId: newId(), state: 'CREATED', created: now, updated: now })
    return { applicationId, name, arn: applicationArn(platform, applicationId) }
  },
})
