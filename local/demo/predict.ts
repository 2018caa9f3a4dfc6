import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import * as z from 'zod'
import { HopFailed } from '../hop-failed.ts'
import type { LocalAws } from '../platform.ts'
import type { Stack } from '../stack.ts'

const prediction = z.object({
  prediction: z.boolean(),
  probability: z.number(),
  model: z.string().nullable(),
  contract: z.string(),
  features: z.record(z.string(), z.object({ value: z.unknown(), age: z.number().nullish() })),
  missing: z.array(z.string()),
  predictionId: z.string(),
})
export type Prediction = z.infer<typeof prediction>

/** A flight that leaves Los Angeles as the last aircraft of the newest week lands. */
export const question = { origin: 'LAX', destination: 'JFK', left_at: '2001-01-22T07:40:00Z', distance: 2475 }

export const predictUrl = ({ api }: Stack) => `${api}/v1/flight-delays/predict`

/** Any request to the prediction API, signed as it demands; `raw` sends the body as it is. */
export const ask = async (
  { aws, stack }: { aws: LocalAws; stack: Stack },
  body: unknown,
  { raw = false, unsigned = false }: { raw?: boolean; unsigned?: boolean } = {},
): Promise<{ status: number; body: unknown }> => {
  const url = new URL(predictUrl(stack))
  const signer = new SignatureV4({ service: 'execute-api', region: aws.region, credentials: aws, sha256: Sha256 })
  const request = {
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json' },
    body: raw ? String(body) : JSON.stringify(body),
  }
  const { headers } = unsigned ? request : await signer.sign(request)
  const response = await fetch(url, { method: 'POST', headers, body: request.body })
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text }
}

/** Asks for the demonstration's flight. */
export const predict = async ({ aws, stack, log }: { aws: LocalAws; stack: Stack; log: string }) => {
  const since = performance.now()
  const { status, body } = await ask({ aws, stack }, question)
  const ms = performance.now() - since
  if (status === 200) return { prediction: prediction.parse(body), ms }
  const advice = "read the log of the predictor, and the endpoint's"
  throw new HopFailed('prediction', `${status} ${JSON.stringify(body)}`, { log, advice })
}
