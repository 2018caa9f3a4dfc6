import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { stage } from './deploy.ts'
import type { LocalAws } from './platform.ts'

/** How an SDK client reaches the local AWS. */
export const clientOf = ({ endpoint, region, accessKeyId, secretAccessKey }: LocalAws) => ({
  endpoint,
  region,
  credentials: { accessKeyId, secretAccessKey },
})

/** What the deployed stack says of itself. */
export interface Stack {
  readonly rawBucket: string
  readonly dataBucket: string
  readonly ingestMachine: string
  readonly trainMachine: string
  readonly deployMachine: string
  /** Base URL of the prediction API. */
  readonly api: string
}

export const readStack = async (aws: LocalAws): Promise<Stack> => {
  const name = `hopline-${stage}`
  const cloudFormation = new CloudFormationClient(clientOf(aws))
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }))
  const output = (key: string) => {
    const found = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue
    if (found === undefined) throw new Error(`the stack ${name} has no output ${key}`)
    return found
  }
  const { Items } = await new ApiGatewayV2Client(clientOf(aws)).send(new GetApisCommand({}))
  const api = Items?.find(({ Name }) => Name?.endsWith(name) || Name === `${stage}-hopline`)?.ApiEndpoint
  if (api === undefined) throw new Error(`the stack ${name} has no HTTP API`)
  return {
    rawBucket: output('RawBucket'),
    dataBucket: output('DataBucket'),
    ingestMachine: output('IngestFeaturesArn'),
    trainMachine: output('TrainModelArn'),
    deployMachine: output('DeployModelArn'),
    api,
  }
}
