import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation'
import { GetRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import * as z from 'zod'
import { stage } from './deploy.ts'
import type { LocalAws } from './platform.ts'
import { clientOf } from './stack.ts'

const document = z.looseObject({ Statement: z.array(z.looseObject({ Action: z.array(z.string()) })) })
const PolicyName = 'work'

/** Runs something while a deployed role lacks the first statement that allows an action. */
export const withoutStatement = async <T>(
  aws: LocalAws,
  { role, action }: { role: string; action: string },
  work: () => Promise<T>,
): Promise<T> => {
  const iam = new IAMClient(clientOf(aws))
  const { StackResourceDetail } = await new CloudFormationClient(clientOf(aws)).send(
    new DescribeStackResourceCommand({ StackName: `hopline-${stage}`, LogicalResourceId: role }),
  )
  const RoleName = StackResourceDetail?.PhysicalResourceId
  const put = (PolicyDocument: string) => iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
  const got = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))
  const whole = decodeURIComponent(got.PolicyDocument ?? '')
  const policy = document.parse(JSON.parse(whole))
  const at = policy.Statement.findIndex(({ Action }) => Action.includes(action))
  if (at < 0) throw new Error(`${role} has no statement with ${action}`)
  await put(JSON.stringify({ ...policy, Statement: policy.Statement.toSpliced(at, 1) }))
  try {
    return await work()
  } finally {
    await put(whole)
  }
}
