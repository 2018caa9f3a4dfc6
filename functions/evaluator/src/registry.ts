import {
  CreateModelPackageCommand,
  ListModelPackagesCommand,
  ProductionVariantInstanceType,
  SageMakerClient,
  TransformInstanceType,
} from '@aws-sdk/client-sagemaker'
import type { Approval } from '@hopline/workflow'
import { instanceType } from '@hopline/workflow'

/** What goes into the model registry. */
export interface ModelPackage {
  readonly group: string
  /** Equal for equal runs: a repeated registration finds the first. */
  readonly run: string
  readonly image: string
  readonly modelDataUrl: string
  readonly instance: string
  readonly approval: Approval
  readonly description: string
  readonly metricsUri: string
  /** At most 50 pairs, values of at most 256 characters. */
  readonly properties: Readonly<Record<string, string>>
}

export interface Registry {
  /** Registers the package, or finds the one that this run has registered; its ARN. */
  register(modelPackage: ModelPackage): Promise<string>
}

/** SageMaker's model registry. */
export const sagemakerRegistry = (client = new SageMakerClient({})): Registry => ({
  register: async (wanted) => {
    const description = `${wanted.description} (run ${wanted.run})`
    const found = await client.send(
      new ListModelPackagesCommand({
        ModelPackageGroupName: wanted.group,
        SortBy: 'CreationTime',
        SortOrder: 'Descending',
      }),
    )
    const earlier = found.ModelPackageSummaryList?.find((known) => known.ModelPackageDescription === description)
    if (earlier?.ModelPackageArn !== undefined) return earlier.ModelPackageArn
    const { ModelPackageArn = '' } = await client.send(
      new CreateModelPackageCommand({
        ModelPackageGroupName: wanted.group,
        ModelPackageDescription: description,
        ModelApprovalStatus: wanted.approval,
        InferenceSpecification: {
          Containers: [
            {
              Image: wanted.image,
              ModelDataUrl: wanted.modelDataUrl,
              Environment: { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code' },
            },
          ],
          SupportedContentTypes: ['application/json', 'application/jsonlines'],
          SupportedResponseMIMETypes: ['application/json', 'application/jsonlines'],
          SupportedRealtimeInferenceInstanceTypes: [instanceType(ProductionVariantInstanceType, wanted.instance)],
          SupportedTransformInstanceTypes: [instanceType(TransformInstanceType, wanted.instance)],
        },
        ModelMetrics: { ModelQuality: { Statistics: { ContentType: 'application/json', S3Uri: wanted.metricsUri } } },
        CustomerMetadataProperties: wanted.properties,
      }),
    )
    return ModelPackageArn
  },
})
