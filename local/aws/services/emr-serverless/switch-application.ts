import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import type { Operation } from '../../core/operation.ts'
import { existingApplication, keepApplication, onApplication } from './applications.ts'
import { isGoingOn, runsOf } from './job-runs.ts'

const input = z.strictObject({ applicationId: z.string() })

/** StartApplication and StopApplication; one whose jobs still run is not stopped. */
export const switchApplication = (
  verb: 'start' | 'stop',
  state: 'STARTED' | 'STOPPED',
): Operation<z.infer<typeof input>> => {
  const name = verb === 'start' ? 'StartApplication' : 'StopApplication'
  return defineOperation({
    service: 'emr-serverless',
    name,
    route: { method: 'POST', path: `/applications/{applicationId}/${verb}` },
    input,
    needs: ({ applicationId }, platform) => onApplication(platform, name, applicationId),
    run({ applicationId }, { platform }) {
      const application = existingApplication(platform, applicationId)
      const busy = verb === 'stop' && runsOf(platform, applicationId).some(isGoingOn)
      if (busy || application.state === 'TERMINATED') {
        throw new AwsError(
          'ValidationException',
          busy
            ? `Application ${applicationId} cannot be stopped while it has jobs that have not ended.`
            : `Application ${applicationId} is in the state ${application.state}.`,
        )
      }
      keepApplication(platform, { ...application, state })
      return {}
    },
  })
}
