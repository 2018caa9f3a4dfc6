import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { existingApplication, keepApplication, onApplication } from './applications.ts'

export default defineOperation({
  service: 'emr-serverless',
  name: 'DeleteApplication',
  route: { method: 'DELETE', path: '/applications/{applicationId}' },
  input: z.strictObject({ applicationId: z.string() }),
  needs: ({ applicationId }, platform) => onApplication(platform, 'DeleteApplication', applicationId),
  run({ applicationId }, { platform }) {
    const application = existingApplication(platform, applicationId)
    if (application.state === 'STARTED') {
      throw new AwsError(
        'ValidationException',
        `Application ${applicationId} must be in one of the following statuses [CREATED, STOPPED]. Current status: STARTED`,
      )
    }
    keepApplication(platform, { ...application, state: 'TERMINATED' })
    return {}
  },
})
