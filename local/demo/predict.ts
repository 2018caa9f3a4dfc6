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

/** A flight that leaves Chicago as the newest week ends. */
export const question = { origin: 'ORD', destination: 'LGA', left_at: '2001-01-22T00:00:00Z', distance: 733 }

export const predictUrl = ({ api }: Stack) => `${api}/v1/flight-delays/predict`

/** Asks the prediction API, signed as it demands. */
export const predict = async (
  { aws, stack, log }: { aws: LocalAws; stack: Stack; log: string },
  body: unknown = question,
): Promise<{ prediction: Prediction; ms: number }> => {
  const url = new URL(predictUrl(stack))
  const signer = new SignatureV4({ service: 'execute-api', region: aws.region, credentials: aws, sha256: Sha256 })
  const signed = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const since = performance.now()
  const response = await fetch(url, { method: 'POST', headers: signed.headers, body: signed.body })
  const text = await response.text()
  if (!response.ok) {
    throw new HopFailed('prediction', `${response.status} ${text}`, { log, advice: "read the predictor's log" })
  }
  return { prediction: prediction.parse(JSON.parse(text)), ms: performance.now() - since }
}
