import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { imageOf } from '../container/images.ts'
import { arnOf } from '../names.ts'
import { runningJobs } from '../running-jobs.ts'
import type { TagList } from '../tags.ts'
import { addTags } from '../tags.ts'
import type { TrainingJobRequest } from './request.ts'
import { runTrainingJob } from './run-training-job.ts'
import { emitTrainingJob, trainingJobs } from './training-job.ts'
import { nextTransitions } from './transitions.ts'

const checkWait = ({ EnableManagedSpotTraining: spot, StoppingCondition }: Omit<TrainingJobRequest, 'Tags'>) => {
  const { MaxWaitTimeInSeconds: wait, MaxRuntimeInSeconds: run } = StoppingCondition
  if (spot && (wait === undefined || wait < run)) {
    throw new AwsError(
      'ValidationException',
      'Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds',
    )
  }
  if (!spot && wait !== undefined) {
    throw new AwsError('ValidationException', 'MaxWaitTimeInSeconds is only for jobs with EnableManagedSpotTraining')
  }
}

/** Records a training job and sets it off; the name must be new, for ever. Returns its ARN. */
export const startTrainingJob = (
  platform: Platform,
  request: Omit<TrainingJobRequest, 'Tags'>,
  { tags, tuningJobArn }: { tags?: TagList | undefined; tuningJobArn?: string },
) => {
  const name = request.TrainingJobName
  const arn = arnOf(platform, 'training-job', name)
  if (trainingJobs(platform).get(name)) {
    throw new AwsError(
      'ResourceInUse',
      `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn})`,
    )
  }
  checkWait(request)
  imageOf(request.AlgorithmSpecification.TrainingImage)
  const now = platform.clock.now()
  const job = {
    name,
    arn,
    request,
    tuningJobArn,
    status: 'InProgress',
    transitions: nextTransitions([], 'Starting', now),
    createdAt: now,
    modifiedAt: now,
  } as const
  platform.store.transaction(() => {
    trainingJobs(platform).put(name, job)
    addTags(platform, arn, tags)
  })
  emitTrainingJob(platform, job)
  runningJobs(platform).start(arn, (signal) => runTrainingJob(platform, name, signal))
  return arn
}
