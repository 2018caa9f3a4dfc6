import { randomUUID } from 'node:crypto'
import type { Platform } from '../../../core/platform.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import { runningJobs } from '../running-jobs.ts'
import { startTrainingJob } from '../training/start-training-job.ts'
import { trainingJob } from '../training/training-job.ts'
import { stopTraining } from '../training/stop-training.ts'
import type { Result } from './candidates.ts'
import { candidates } from './candidates.ts'
import { dimensionsOf } from './dimensions.ts'
import { scoreOf } from './objective.ts'
import type { TuningJob } from './tuning-job.ts'
import { saveTuningJob, trainingJobsOf, tuningJob } from './tuning-job.ts'

/** Why no further training job is started. */
type Enough = 'all' | 'target' | 'time' | 'stopped' | 'failures'

const failuresInARow = 5

const trainingRequest = ({ name, request }: TuningJob, number: number, tuned: Readonly<Record<string, string>>) => {
  const { StaticHyperParameters, DefinitionName: _, ...definition } = request.TrainingJobDefinition
  const { MetricName } = request.HyperParameterTuningJobConfig.HyperParameterTuningJobObjective
  return {
    ...definition,
    TrainingJobName: `${name}-${String(number).padStart(3, '0')}-${randomUUID().slice(0, 8)}`,
    HyperParameters: { ...StaticHyperParameters, ...tuned, _tuning_objective_metric: MetricName },
  }
}

/** Trains candidate after candidate, some side by side; resolves when the last one has ended. */
const tune = async (platform: Platform, job: TuningJob, signal: AbortSignal): Promise<Enough> => {
  const { ResourceLimits: limits, ...config } = job.request.HyperParameterTuningJobConfig
  const dimensions = dimensionsOf(config.ParameterRanges)
  const next = candidates(
    { ...config, ResourceLimits: limits },
    dimensions,
    seededRandom(config.RandomSeed ?? job.createdAt),
  )
  const deadline = job.createdAt + (limits.MaxRuntimeInSeconds ?? Infinity) * 1000
  const target = config.TuningJobCompletionCriteria?.TargetObjectiveMetricValue
  const sign = config.HyperParameterTuningJobObjective.Type === 'Maximize' ? 1 : -1
  const results: Result[] = []
  const running = new Map<string, Promise<void>>()
  let [started, failures] = [0, 0]

  const enough = (): Enough | undefined => {
    if (signal.aborted) return 'stopped'
    if (platform.clock.now() >= deadline) return 'time'
    if (target !== undefined && results.some(({ score }) => score >= sign * target)) return 'target'
    if (failures >= failuresInARow && results.length === 0) return 'failures'
    return started >= (limits.MaxNumberOfTrainingJobs ?? Infinity) ? 'all' : undefined
  }
  const start = (candidate: readonly number[]) => {
    const tuned = Object.fromEntries(dimensions.map(({ name, at }, index) => [name, at(candidate[index] ?? 0)]))
    const request = trainingRequest(job, (started += 1), tuned)
    const name = request.TrainingJobName
    const arn = startTrainingJob(platform, request, { tuningJobArn: job.arn })
    const ended = runningJobs(platform)
      .ended(arn)
      .then(() => {
        running.delete(name)
        const score = scoreOf(job, trainingJob(platform, name))
        if (score === undefined) failures += 1
        else results.push({ candidate, score })
      })
    running.set(name, ended)
  }
  const stopAll = () => {
    for (const name of running.keys()) stopTraining(platform, name)
  }
  signal.addEventListener('abort', () => signal.reason === 'stop' && stopAll())
  const timer = new AbortController()
  void platform.clock.sleep(deadline - platform.clock.now(), timer.signal).then(stopAll, () => {})

  let end = enough()
  while (end === undefined) {
    const candidate = next(results)
    if (candidate === undefined) end = 'all'
    else {
      start(candidate)
      if (running.size >= limits.MaxParallelTrainingJobs) await Promise.race(running.values())
      end = enough()
    }
  }
  if (end === 'target') stopAll()
  await Promise.all(running.values())
  timer.abort()
  return end
}

/** A tuning job from its creation to its end. */
export const runTuningJob = async (platform: Platform, name: string, signal: AbortSignal) => {
  const end = await tune(platform, tuningJob(platform, name), signal)
  if (signal.reason === 'shutdown') return // the next start finds the job unfinished and says so
  const job = tuningJob(platform, name)
  const endedAt = platform.clock.now()
  if (end === 'stopped') return saveTuningJob(platform, { ...job, status: 'Stopped', endedAt })
  const trained = trainingJobsOf(platform, job)
  if (trained.some(({ status }) => status !== 'Failed')) {
    return saveTuningJob(platform, { ...job, status: 'Completed', endedAt })
  }
  const failureReason = `No training job succeeded after ${trained.length} attempts. For additional details, please take a look at the training job failures by listing training jobs for the hyperparameter tuning job.`
  saveTuningJob(platform, { ...job, status: 'Failed', endedAt, failureReason })
}
