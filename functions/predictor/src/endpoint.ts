import { InvokeEndpointCommand, ModelError, SageMakerRuntimeServiceException } from '@aws-sdk/client-sagemaker-runtime'
import type { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import * as z from 'zod'
import { endpointUnavailable, otherModel } from './problems.ts'

/** What inference.py answers: a probability for each instance, and which model under which contract. */
const scored = z.object({
  predictions: z.array(z.object({ probability: z.number().min(0).max(1) })),
  model: z.string().nullable(),
  contract: z.string(),
})
export type Scored = z.infer<typeof scored>

/** Named features of one instance as JSON holds them. */
export type Instance = Record<string, string | number | boolean | null>

/** A model behind an endpoint. `id` becomes the inference id of the capture. */
export interface Endpoint {
  score(endpoint: string, instances: readonly Instance[], id: string): Promise<Scored>
}

/** SageMaker's endpoint. Whatever it does within `deadlineMs` or does not, other than answering, is a 503 problem. */
export const sagemakerEndpoint = (client: SageMakerRuntimeClient, deadlineMs = 5_000): Endpoint => ({
  score: async (endpoint, instances, id) => {
    const signal = AbortSignal.timeout(deadlineMs)
    const request = new InvokeEndpointCommand({
      EndpointName: endpoint,
      ContentType: 'application/json',
      Accept: 'application/json',
      InferenceId: id,
      Body: JSON.stringify({ instances }),
    })
    const answer = await client.send(request, { abortSignal: signal }).catch((error: unknown) => {
      if (signal.aborted) throw endpointUnavailable(`No answer within ${deadlineMs} ms.`)
      if (error instanceof ModelError) throw otherModel('The model does not take this request.')
      throw endpointUnavailable(causeOf(error))
    })
    const parsed = scored.safeParse(jsonOf(answer.Body))
    if (!parsed.success || parsed.data.predictions.length !== instances.length) {
      throw endpointUnavailable('Its answer is not one probability for each instance.')
    }
    return parsed.data
  },
})

const causeOf = (error: unknown) => {
  if (!(error instanceof SageMakerRuntimeServiceException)) return 'It cannot be reached.'
  return error.name === 'ValidationError' ? 'No model is deployed yet.' : `It answers ${error.name}.`
}

const jsonOf = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
