import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Call } from '../../core/operation.ts'
import { defineOperation, RawReply } from '../../core/operation.ts'
import type { ContainerAnswer } from './container/http.ts'
import { captures } from './hosting/capture.ts'
import { endpoints } from './hosting/endpoint.ts'
import { fleets } from './hosting/fleets.ts'
import { invokeVariant } from './hosting/invoke-variant.ts'
import { arnOf } from './names.ts'

const largestPayloadBytes = 25 * 1024 ** 2

const visible = z
  .string()
  .max(1024)
  .regex(/^[\x20-\x7e]*$/)
  .optional()

const answering = new Set(['InService', 'Updating', 'RollingBack', 'UpdateRollbackFailed'])

/** The fleet that answers for an endpoint; the runtime knows no other endpoints than those in service. */
const fleetOf = async ({ platform }: Call, name: string) => {
  const status = endpoints(platform).get(name)?.status ?? 'Failed'
  const fleet = answering.has(status) ? await fleets(platform).serving(name) : undefined
  if (fleet === undefined) {
    throw new AwsError('ValidationError', `Endpoint ${name} of account ${platform.account} not found.`)
  }
  return fleet
}

const header = ({ headers }: ContainerAnswer, name: string) => {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

export default defineOperation({
  service: 'sagemaker',
  name: 'InvokeEndpoint',
  route: { method: 'POST', path: '/endpoints/{EndpointName}/invocations', stream: true },
  input: z.strictObject({
    EndpointName: z.string().min(1).max(63),
    ContentType: visible,
    Accept: visible,
    CustomAttributes: visible,
    TargetVariant: z.string().max(63).optional(),
    InferenceId: z.string().min(1).max(64).optional(),
  }),
  needs: ({ EndpointName }, platform) => [
    { action: 'sagemaker:InvokeEndpoint', resource: arnOf(platform, 'endpoint', EndpointName) },
  ],
  run: async ({ EndpointName, ContentType, Accept, CustomAttributes, TargetVariant, InferenceId }, call) => {
    const { platform } = call
    const began = performance.now()
    const body = call.payload ?? Buffer.alloc(0)
    if (body.length > largestPayloadBytes) {
      throw new AwsError('ValidationError', `The payload has ${body.length} bytes, more than ${largestPayloadBytes}.`)
    }
    const fleet = await fleetOf(call, EndpointName)
    const variant = fleet.route(TargetVariant)
    if (variant === undefined) {
      throw new AwsError('ValidationError', `Variant ${TargetVariant} of endpoint ${EndpointName} not found.`)
    }
    const contentType = ContentType ?? 'application/octet-stream'
    const headers = {
      'content-type': contentType,
      ...(Accept !== undefined && { accept: Accept }),
      ...(CustomAttributes !== undefined && { 'x-amzn-sagemaker-custom-attributes': CustomAttributes }),
    }
    const at = platform.clock.now()
    const answer = await invokeVariant(platform, fleet, variant, { endpoint: EndpointName, headers, body, began })
    const answerType = header(answer, 'content-type') ?? 'application/octet-stream'
    if (fleet.capture) {
      captures(platform)(fleet.capture, {
        endpoint: EndpointName,
        variant: variant.name,
        roleArn: variant.roleArn,
        at,
        input: { contentType, body },
        output: { contentType: answerType, body: answer.body },
        inferenceId: InferenceId,
        customAttributes: CustomAttributes,
      })
    }
    const attributes = header(answer, 'x-amzn-sagemaker-custom-attributes')
    return new RawReply(
      200,
      {
        'content-type': answerType,
        'x-amzn-invoked-production-variant': variant.name,
        ...(attributes !== undefined && { 'x-amzn-sagemaker-custom-attributes': attributes }),
      },
      answer.body,
    )
  },
})
