import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { arnOf } from './names.ts'
import { tuningJobName } from './tuning/request.ts'
import { describeTuningJob, tuningJob } from './tuning/tuning-job.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DescribeHyperParameterTuningJob',
  input: z.strictObject({ HyperParameterTuningJobName: tuningJobName }),
  needs: ({ HyperParameterTuningJobName: name }, platform) => [
    {
      action: 'sagemaker:DescribeHyperParameterTuningJob',
      resource: arnOf(platform, 'hyper-parameter-tuning-job', name),
    },
  ],
  run: ({ HyperParameterTuningJobName: name }, { platform }) => describeTuningJob(platform, tuningJob(platform, name)),
})
