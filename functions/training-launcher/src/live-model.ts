import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  ListTagsCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { servingTags } from '@hopline/workflow'
import type { LiveModel } from './services.ts'

/** The model behind an endpoint, by the tags that the deployer left on its configuration; null where nothing serves. */
export const liveModel =
  (client = new SageMakerClient({})) =>
  async (EndpointName: string): Promise<LiveModel | null> => {
    const endpoint = await client.send(new DescribeEndpointCommand({ EndpointName })).catch((error: Error) => {
      if (error.name === 'ValidationException') return null
      throw error
    })
    if (endpoint === null || endpoint.EndpointStatus === 'Failed') return null
    const { EndpointConfigName } = endpoint
    const config = await client.send(new DescribeEndpointConfigCommand({ EndpointConfigName }))
    const { Tags = [] } = await client.send(new ListTagsCommand({ ResourceArn: config.EndpointConfigArn }))
    const tag = (name: string) => Tags.find(({ Key }) => Key === name)?.Value
    const modelName = config.ProductionVariants?.[0]?.ModelName
    const modelPackageArn = tag(servingTags.modelPackage)
    const contract = tag(servingTags.contract)
    if (modelName === undefined || modelPackageArn === undefined || contract === undefined) return null
    return { modelName, modelPackageArn, contract }
  }
