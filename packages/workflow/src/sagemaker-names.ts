import type { TrainPlan } from './contracts/train-model.ts'
import { cut, endpointName, kebab, sagemakerName } from './names.ts'

/** With what the names of all training jobs, transform jobs and their models begin, of a pipeline in a stage; at most 31 characters. */
export const jobPrefix = (pipeline: string, stage: string) => `${cut(endpointName(pipeline, stage), 30)}-`

/**
 * With what the names of a run's training jobs and transform jobs begin, at most 57 characters; the machine adds the
 * attempt (`-0`, `-0-1`), so that a redrive meets no job that has ended. It begins with {@link jobPrefix} itself, whoever
 * named the execution: roles are allowed by that, and stages share an account.
 */
export const jobName = (
  { pipeline, runId }: Pick<TrainPlan, 'pipeline' | 'runId'>,
  { stage, part }: { stage: string; part: string },
) => {
  const named = `${kebab(pipeline)}-`
  const run = runId.startsWith(named) ? runId.slice(named.length) : runId
  return sagemakerName(`${jobPrefix(pipeline, stage)}${run}`, part, 57)
}

/** The model and the endpoint config of one version of a pipeline's model package: `flight-delays-dev-v3`. */
export const deployedName = (pipeline: string, stage: string, version: number) => {
  const suffix = `-v${version}`
  return cut(endpointName(pipeline, stage), 63 - suffix.length) + suffix
}

/** The version that a name of {@link deployedName} is about; undefined for any other name. */
export const deployedVersion = (name: string): number | undefined => {
  const [, version] = /-v(\d+)$/.exec(name) ?? []
  return version === undefined ? undefined : Number(version)
}

/** Group and version of a model package's ARN, `arn:…:model-package/flight-delays-dev/3`; undefined for any other text. */
export const parseModelPackageArn = (arn: string) => {
  const [, group, version] = /:model-package\/([^/]+)\/(\d+)$/.exec(arn) ?? []
  return group === undefined ? undefined : { group, version: Number(version) }
}

/** The ARN of another version of a model package's group. */
export const otherVersionArn = (arn: string, version: number) => arn.replace(/\d+$/, String(version))

/** The one variant of an endpoint. */
export const variantName = 'AllTraffic'

/** Tags of an endpoint config that say which model serves. */
export const servingTags = { modelPackage: 'hopline:model-package', contract: 'hopline:contract' } as const
