import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  DescribeModelPackageCommand,
  ProductionVariantInstanceType,
  SageMakerClient,
  UpdateEndpointCommand,
} from '@aws-sdk/client-sagemaker'
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { instanceType, variantName } from '@hopline/workflow'
import * as z from 'zod'
import { EndpointBusy, UnusableModelPackage } from './errors.ts'
import type { Hosting } from './services.ts'

const says = (error: unknown, text: RegExp): error is Error =>
  error instanceof Error && error.name === 'ValidationException' && text.test(error.message)

/** A lost response is asked for again: what exists under this name is what we wanted. */
const unlessExists = async (create: Promise<unknown>) => {
  try {
    await create
  } catch (error) {
    if (!says(error, /already existing/i)) throw error
  }
}

const unlessBusy = async (change: Promise<unknown>) => {
  try {
    await change
  } catch (error) {
    if (says(error, /in-progress endpoint/i)) throw new EndpointBusy(error.message)
    throw error
  }
}

const answer = z.object({ predictions: z.array(z.object({ probability: z.number() })), contract: z.string() })

/** Hosting on SageMaker, with the function's own role. */
export const sagemakerHosting = (
  client = new SageMakerClient({}),
  runtime = new SageMakerRuntimeClient({}),
): Hosting => ({
  modelPackage: async (ModelPackageName) => {
    const found = await client.send(new DescribeModelPackageCommand({ ModelPackageName }))
    const container = found.InferenceSpecification?.Containers?.[0]
    if (container?.Image === undefined || container.ModelDataUrl === undefined) {
      throw new UnusableModelPackage(`${ModelPackageName} has no image or no model artefact`)
    }
    return {
      image: container.Image,
      modelDataUrl: container.ModelDataUrl,
      environment: container.Environment ?? {},
      approval: found.ModelApprovalStatus ?? 'PendingManualApproval',
      properties: found.CustomerMetadataProperties ?? {},
    }
  },
  createModel: ({ name, roleArn, image, modelDataUrl, environment }) =>
    unlessExists(
      client.send(
        new CreateModelCommand({
          ModelName: name,
          ExecutionRoleArn: roleArn,
          EnableNetworkIsolation: true, // a pickle may do what it likes: without a network and without the role's credentials
          PrimaryContainer: { Image: image, ModelDataUrl: modelDataUrl, Environment: { ...environment } },
        }),
      ),
    ),
  createConfig: ({ name, model, instance, count, tags }) =>
    unlessExists(
      client.send(
        new CreateEndpointConfigCommand({
          EndpointConfigName: name,
          ProductionVariants: [
            {
              VariantName: variantName,
              ModelName: model,
              InstanceType: instanceType(ProductionVariantInstanceType, instance),
              InitialInstanceCount: count,
              InitialVariantWeight: 1,
            },
          ],
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        }),
      ),
    ),
  endpoint: async (EndpointName) => {
    try {
      const found = await client.send(new DescribeEndpointCommand({ EndpointName }))
      return {
        status: found.EndpointStatus ?? 'OutOfService',
        config: found.EndpointConfigName ?? '',
        pending: found.PendingDeploymentSummary?.EndpointConfigName ?? null,
        failure: found.FailureReason,
      }
    } catch (error) {
      if (says(error, /could not find/i)) return null
      throw error
    }
  },
  createEndpoint: (EndpointName, EndpointConfigName) =>
    unlessExists(client.send(new CreateEndpointCommand({ EndpointName, EndpointConfigName }))),
  updateEndpoint: (EndpointName, EndpointConfigName) =>
    unlessBusy(client.send(new UpdateEndpointCommand({ EndpointName, EndpointConfigName }))),
  deleteEndpoint: (EndpointName) => unlessBusy(client.send(new DeleteEndpointCommand({ EndpointName }))),
  invoke: async (EndpointName, instances) => {
    const { Body } = await runtime.send(
      new InvokeEndpointCommand({
        EndpointName,
        ContentType: 'application/json',
        Accept: 'application/json',
        Body: JSON.stringify({ instances }),
      }),
    )
    const { predictions, contract } = answer.parse(JSON.parse(new TextDecoder().decode(Body)))
    return { probabilities: predictions.map(({ probability }) => probability), contract }
  },
})
