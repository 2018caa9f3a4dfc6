import type { Platform } from '../../../core/platform.ts'
import type { FinalMetric } from './training-job.ts'

const sagemaker = { kind: 'service', arn: 'sagemaker.amazonaws.com' } as const

/** Sends what a job's output tells to CloudWatch, under the name of the job's one host. */
export const putTrainingMetric =
  (platform: Platform, job: string) =>
  ({ MetricName, Value, Timestamp }: FinalMetric) => {
    if (!platform.operation('monitoring', 'PutMetricData')) return
    const Dimensions = [{ Name: 'TrainingJobName', Value: job }]
    const MetricData = [{ MetricName, Dimensions, Value, Timestamp: Timestamp / 1000 }]
    platform
      .call('monitoring', 'PutMetricData', { Namespace: '/aws/sagemaker/TrainingJobs', MetricData }, sagemaker)
      .catch((error: unknown) => platform.log('sagemaker', 'a metric is lost', { job, cause: String(error) }))
  }
