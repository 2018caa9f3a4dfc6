import { taskResources } from '@hopline/local-states'
import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'

/**
 * The rules of its own by which Step Functions hears of the end of what a `.sync` task started. The rule of nested
 * executions is not asked for: the recorded executions that judge this platform are set up without it.
 */
const rules: Readonly<Record<string, string>> = {
  'emr-serverless:startJobRun': 'StepFunctionsGetEventsForEMRServerlessJobRule',
  'sagemaker:createHyperParameterTuningJob': 'StepFunctionsGetEventsForSageMakerTuningJobsRule',
  'sagemaker:createProcessingJob': 'StepFunctionsGetEventsForSageMakerProcessingJobsRule',
  'sagemaker:createTrainingJob': 'StepFunctionsGetEventsForSageMakerTrainingJobsRule',
  'sagemaker:createTransformJob': 'StepFunctionsGetEventsForSageMakerTransformJobsRule',
}

const rulesOf = (definition: string) =>
  taskResources(JSON.parse(definition)).flatMap(({ resource }) => {
    const [, integration = ''] = /^arn:aws:states:::([^.]+)\.sync(?::2)?$/.exec(resource) ?? []
    return rules[integration] ?? []
  })

/** Refuses a machine whose role may not keep the rules that its `.sync` tasks wait through. */
export const requireManagedRules = (platform: Platform, roleArn: string, definition: string): void => {
  const { authority, region, account } = platform
  const session = roleSession(roleArn, 'StepFunctions')
  for (const rule of new Set(rulesOf(definition))) {
    const resource = `arn:aws:events:${region}:${account}:rule/${rule}`
    for (const action of ['events:PutRule', 'events:PutTargets', 'events:DescribeRule']) {
      if (authority.ask(session, { action, resource }).effect !== 'allow')
        throw new AwsError('AccessDeniedException', `'${roleArn}' is not authorized to create managed-rule.`)
    }
  }
}
