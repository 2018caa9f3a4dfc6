import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  CreateModelCommand,
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  DeleteModelPackageGroupCommand,
  DescribeModelPackageCommand,
  DescribeModelPackageGroupCommand,
  ListModelPackagesCommand,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker'
import type { CreateModelPackageCommandInput } from '@aws-sdk/client-sagemaker'
import type { SageMakerPlatform } from './testing.ts'
import { RoleArn, image, sagemakerPlatform } from './testing.ts'

const arn = 'arn:aws:sagemaker:us-east-1:000000000000'
let local: SageMakerPlatform

const register = (ModelPackageGroupName: string, more: Partial<CreateModelPackageCommandInput> = {}) =>
  local.sagemaker.send(
    new CreateModelPackageCommand({
      ModelPackageGroupName,
      InferenceSpecification: {
        Containers: [{ Image: image, ModelDataUrl: 's3://ml-data/model.tar.gz', Environment: { A: '1' } }],
        SupportedContentTypes: ['application/json'],
        SupportedResponseMIMETypes: ['application/json'],
      },
      ...more,
    }),
  )
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error) => error,
  )

beforeAll(async () => {
  local = await sagemakerPlatform()
  await local.sagemaker.send(
    new CreateModelPackageGroupCommand({ ModelPackageGroupName: 'churn', ModelPackageGroupDescription: 'leaves?' }),
  )
})
afterAll(() => local.end())

test('versions of a group are numbered; the same client token finds the first registration', async () => {
  const properties = { auc: '0.71', contract: 'abc' }
  const first = await register('churn', { CustomerMetadataProperties: properties, ClientToken: 'run-1' })
  expect(first.ModelPackageArn).toBe(`${arn}:model-package/churn/1`)
  expect(await register('churn', { ClientToken: 'run-1' })).toMatchObject(
    first.ModelPackageArn ? { ModelPackageArn: first.ModelPackageArn } : {},
  )
  const second = await register('churn', { ModelApprovalStatus: 'Rejected' })
  expect(second.ModelPackageArn).toBe(`${arn}:model-package/churn/2`)
  const found = await local.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: first.ModelPackageArn }))
  expect(found).toMatchObject({
    ModelPackageGroupName: 'churn',
    ModelPackageVersion: 1,
    ModelPackageStatus: 'Completed',
    ModelApprovalStatus: 'PendingManualApproval',
    CustomerMetadataProperties: properties,
    InferenceSpecification: { Containers: [{ Image: image, Environment: { A: '1' } }] },
  })
})

test('an approval changes the package and tells the bus; only an approved package becomes a model', async () => {
  const ModelPackageName = `${arn}:model-package/churn/1`
  const create = () =>
    local.sagemaker.send(
      new CreateModelCommand({ ModelName: 'churn-1', ExecutionRoleArn: RoleArn, Containers: [{ ModelPackageName }] }),
    )
  expect(await refusal(create())).toMatchObject({ name: 'ValidationException' })
  const told = local.events.length
  await local.sagemaker.send(
    new UpdateModelPackageCommand({
      ModelPackageArn: ModelPackageName,
      ModelApprovalStatus: 'Approved',
      ApprovalDescription: 'good',
      CustomerMetadataProperties: { by: 'me' },
      CustomerMetadataPropertiesToRemove: ['contract'],
    }),
  )
  expect(local.events.slice(told)).toMatchObject([
    {
      source: 'aws.sagemaker',
      detailType: 'SageMaker Model Package State Change',
      resources: [ModelPackageName],
      detail: {
        ModelPackageGroupName: 'churn',
        ModelPackageVersion: 1,
        ModelPackageArn: ModelPackageName,
        ModelPackageStatus: 'Completed',
        ModelApprovalStatus: 'Approved',
        CustomerMetadataProperties: { auc: '0.71', by: 'me' },
      },
    },
  ])
  const found = await local.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName }))
  expect(found).toMatchObject({ ModelApprovalStatus: 'Approved', ApprovalDescription: 'good' })
  expect(found.CustomerMetadataProperties).toEqual({ auc: '0.71', by: 'me' })
  expect(await create()).toMatchObject({ ModelArn: `${arn}:model/churn-1` })
})

test('packages are listed by approval, order and page', async () => {
  for (let version = 3; version <= 5; version++) await register('churn')
  const list = (more: object) =>
    local.sagemaker.send(new ListModelPackagesCommand({ ModelPackageGroupName: 'churn', ...more }))
  const versions = (page: Awaited<ReturnType<typeof list>>) =>
    page.ModelPackageSummaryList?.map(({ ModelPackageVersion }) => ModelPackageVersion)
  expect(versions(await list({ ModelApprovalStatus: 'Approved' }))).toEqual([1])
  const newest = await list({ SortBy: 'CreationTime', SortOrder: 'Descending', MaxResults: 3 })
  expect(versions(newest)).toEqual([5, 4, 3])
  const rest = await list({
    SortBy: 'CreationTime',
    SortOrder: 'Descending',
    MaxResults: 3,
    NextToken: newest.NextToken,
  })
  expect(versions(rest)).toEqual([2, 1])
  expect(rest.NextToken).toBeUndefined()
})

test('groups exist once, keep their packages, and are named when they are not there', async () => {
  const group = (ModelPackageGroupName: string) =>
    local.sagemaker.send(new DescribeModelPackageGroupCommand({ ModelPackageGroupName }))
  expect(await group(`${arn}:model-package-group/churn`)).toMatchObject({
    ModelPackageGroupName: 'churn',
    ModelPackageGroupDescription: 'leaves?',
    ModelPackageGroupStatus: 'Completed',
  })
  expect(
    await refusal(local.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: 'churn' }))),
  ).toMatchObject({ name: 'ValidationException', message: expect.stringContaining('already exists') })
  const missing = `ModelPackageGroup ${arn}:model-package-group/nothing does not exist.`
  expect(await refusal(group('nothing'))).toMatchObject({ name: 'ValidationException', message: missing })
  expect(await refusal(register('nothing'))).toMatchObject({ name: 'ValidationException', message: missing })
  const unknown = new DescribeModelPackageCommand({ ModelPackageName: `${arn}:model-package/churn/99` })
  expect(await refusal(local.sagemaker.send(unknown))).toMatchObject({ name: 'ValidationException' })
  const remove = (ModelPackageGroupName: string) =>
    local.sagemaker.send(new DeleteModelPackageGroupCommand({ ModelPackageGroupName }))
  expect(await refusal(remove('churn'))).toMatchObject({ name: 'ConflictException' })
  await local.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: 'empty' }))
  await remove('empty')
  expect(await refusal(group('empty'))).toMatchObject({ name: 'ValidationException' })
})
