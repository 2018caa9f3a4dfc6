import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import {
  describedApplication,
  existingApplication,
  keepApplication,
  onApplication,
  releaseLabel,
  settings,
} from './applications.ts'

const states = ['CREATED', 'STOPPED']

/** What is not given stays as it is. */
export default defineOperation({
  service: 'emr-serverless',
  name: 'UpdateApplication',
  route: { method: 'PATCH', path: '/applications/{applicationId}' },
  input: z.strictObject({
    applicationId: z.string(),
    clientToken: z.string().min(1).max(64),
    releaseLabel: releaseLabel.optional(),
    ...settings,
  }),
  needs: ({ applicationId }, platform) => onApplication(platform, 'UpdateApplication', applicationId),
  run(input, { platform }) {
    const { applicationId, clientToken: _, ...changes } = input
    const application = existingApplication(platform, applicationId)
    if (!states.includes(application.state)) {
      throw new AwsError(
        'ValidationException',
        `Application ${applicationId} is in the state ${application.state}; it can be updated in ${states.join(' and ')}.`,
      )
    }
    const changed = { ...application, ...changes, releaseLabel: changes.releaseLabel ?? application.releaseLabel }
    return { application: describedApplication(platform, keepApplication(platform, changed)) }
  },
})
