import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { asynchronousOf } from './asynchronous.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { findVersion, functionNotFound } from './functions.ts'
import { sandboxesOf } from './runtime/sandboxes.ts'

/** Bytes that Lambda takes for a call that waits, and for one that does not. */
const limits = { RequestResponse: 6_291_456, Event: 1_048_576, DryRun: 6_291_456 }

const parsed = (payload: string): void => {
  try {
    JSON.parse(payload)
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${error instanceof Error ? error.message : String(error)}`,
      { Type: 'User' },
    )
  }
}

/** Called from inside, `Payload` is JSON text and the reply is the RawReply that goes over the wire. */
export default defineOperation({
  service: 'lambda',
  name: 'Invoke',
  route: { method: 'POST', path: '/2015-03-31/functions/{FunctionName}/invocations', stream: true },
  input: z.strictObject({
    FunctionName: functionNameInput,
    Qualifier: z.string().optional(),
    InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).optional(),
    LogType: z.enum(['None', 'Tail']).optional(),
    ClientContext: z.string().max(3583).optional(),
    Payload: z.string().optional(),
  }),
  needs: ({ FunctionName, Qualifier }, platform) => {
    const { name, qualifier } = functionReference(FunctionName, Qualifier)
    return [
      {
        action: 'lambda:InvokeFunction',
        resource: functionArn(platform, name, qualifier === '$LATEST' ? undefined : qualifier),
      },
    ]
  },
  async run(input, { platform, payload: body }) {
    const reference = functionReference(input.FunctionName, input.Qualifier)
    const type = input.InvocationType ?? 'RequestResponse'
    const fn = findVersion(platform, reference)
    if (!fn) throw functionNotFound(functionArn(platform, reference.name, reference.qualifier))
    const given = input.Payload ?? body?.toString() ?? ''
    if (Buffer.byteLength(given) > limits[type]) {
      throw new AwsError(
        'RequestTooLargeException',
        `Request must be smaller than ${limits[type]} bytes for the InvokeFunction operation`,
        { status: 413, Type: 'User' },
      )
    }
    const payload = given === '' ? '{}' : given
    parsed(payload)
    if (type === 'DryRun') return new RawReply(204)
    if (type === 'Event') {
      asynchronousOf(platform).accept(reference, payload)
      return new RawReply(202)
    }
    const outcome = await sandboxesOf(platform).invoke(fn, {
      requestId: randomUUID(),
      arn: functionArn(platform, reference.name, input.Qualifier),
      payload,
      ...(input.ClientContext !== undefined && {
        clientContext: JSON.parse(Buffer.from(input.ClientContext, 'base64').toString()),
      }),
    })
    return new RawReply(
      200,
      {
        'content-type': 'application/json',
        'x-amz-executed-version': outcome.version,
        ...(outcome.functionError && { 'x-amz-function-error': outcome.functionError }),
        ...(input.LogType === 'Tail' && { 'x-amz-log-result': Buffer.from(outcome.logTail).toString('base64') }),
      },
      outcome.payload,
    )
  },
})
