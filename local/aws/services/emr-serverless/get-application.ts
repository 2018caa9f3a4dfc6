import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedApplication, existingApplication, onApplication } from './applications.ts'

export default defineOperation({
  service: 'emr-serverless',
  name: 'GetApplication',
  route: { method: 'GET', path: '/applications/{applicationId}' },
  input: z.strictObject({ applicationId: z.string() }),
  needs: ({ applicationId }, platform) => onApplication(platform, 'GetApplication', applicationId),
  run: ({ applicationId }, { platform }) => ({
    application: describedApplication(platform, existingApplication(platform, applicationId)),
  }),
})
