import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { stackName } from '@hopline/workflow'
import { CommandFailed, exitCodes } from '../command-failed.ts'

export interface DeployedStack {
  readonly name: string
  readonly region: string
  readonly dataBucket: string
  readonly snapshotRole: string
}

/** What the template's outputs say about a deployed stage. */
export async function readStack(client: CloudFormationClient, stage: string): Promise<DeployedStack> {
  const name = stackName(stage)
  const region = await client.config.region()
  const stack = await client.send(new DescribeStacksCommand({ StackName: name })).then(
    ({ Stacks }) => Stacks?.[0],
    (error: Error) => {
      if (error.name === 'ValidationError' && error.message.includes('does not exist')) return undefined
      throw error
    },
  )
  const advice = `Deploy it first: npx serverless deploy --stage ${stage} --region ${region}`
  if (stack === undefined) throw new CommandFailed(`There is no stack ${name} in ${region}`, advice, exitCodes.aws)
  const output = (key: string): string => {
    const value = stack.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue
    if (value) return value
    throw new CommandFailed(`Stack ${name} (${stack.StackStatus}) has no output ${key}`, advice, exitCodes.aws)
  }
  return { name, region, dataBucket: output('DataBucket'), snapshotRole: output('SnapshotRoleArn') }
}
