import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'

/**
 * An instance publishes how busy it is with the rights of its role. There is no CloudWatch here to publish to, so what
 * is left is the question whether it may; an instance that may not runs all the same.
 */
export const publishMetrics = (
  platform: Platform,
  kind: 'Endpoints' | 'TrainingJobs' | 'TransformJobs',
  { roleArn, session }: { roleArn: string; session: string },
): void => {
  const context = { 'cloudwatch:namespace': `/aws/sagemaker/${kind}` }
  const permission = { action: 'cloudwatch:PutMetricData', resource: '*', context }
  const { effect } = platform.authority.ask(roleSession(roleArn, session), permission)
  if (effect !== 'allow')
    platform.log('sagemaker', 'metrics of an instance are not published', {
      level: 'warn',
      ...context,
      roleArn,
      effect,
    })
}
