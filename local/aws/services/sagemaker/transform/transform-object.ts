import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { Readable as Source } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Serving } from '../hosting/serving.ts'
import { batches } from './batches.ts'
import { inOrder } from './in-order.ts'
import { recordProcessor } from './records.ts'
import type { TransformJobRequest } from './request.ts'

/** The container refused a batch, or did not answer it record by record. */
export class RefusedBatch extends Error {
  override readonly name = 'RefusedBatch'
}

const defaultTimeoutSeconds = 600

const linesOf = (body: string) => {
  const lines = body.split('\n')
  if (lines.at(-1)?.trim() === '') lines.pop()
  return lines
}

/** Sends one batch; a container that is not there or fails is asked again as often as the job says. */
const ask = async (serving: Serving, request: TransformJobRequest, body: string): Promise<string> => {
  const { InvocationsTimeoutInSeconds = defaultTimeoutSeconds, InvocationsMaxRetries = 0 } =
    request.ModelClientConfig ?? {}
  const { TransformInput, TransformOutput } = request
  const headers = {
    ...(TransformInput.ContentType !== undefined && { 'content-type': TransformInput.ContentType }),
    ...(TransformOutput.Accept !== undefined && { accept: TransformOutput.Accept }),
  }
  for (let attempt = 0; ; attempt++) {
    const asked = serving.invoke({ headers, body: Buffer.from(body), timeoutMs: InvocationsTimeoutInSeconds * 1000 })
    const { status, body: answer } = await asked.catch((error: unknown) => ({
      status: 0,
      body: Buffer.from(String(error)),
    }))
    if (status >= 200 && status < 300) return answer.toString()
    if (attempt >= InvocationsMaxRetries || (status >= 400 && status < 500)) {
      throw new RefusedBatch(`Bad HTTP status received from algorithm: ${status} ${answer.toString().slice(0, 500)}`)
    }
  }
}

/** Sends one object through the model and writes what is to be uploaded into `file`. */
export const transformObject = async (
  request: TransformJobRequest,
  { object, serving, file, signal }: { object: Readable; serving: Serving; file: string; signal: AbortSignal },
) => {
  const { TransformInput, TransformOutput, BatchStrategy, MaxPayloadInMB, MaxConcurrentTransforms } = request
  const byLine = TransformInput.SplitType === 'Line'
  const { toModel, toOutput } = recordProcessor(request)
  const source = TransformInput.CompressionType === 'Gzip' ? object.pipe(createGunzip()) : object
  async function* records() {
    const texts = byLine ? createInterface({ input: source, crlfDelay: Infinity }) : [await text(source)]
    for await (const record of texts) if (record !== '') yield { record, sent: toModel(record) }
  }
  const scored = async (batch: readonly { record: string; sent: string }[]) => {
    signal.throwIfAborted()
    const body = batch.map(({ sent }) => sent).join('\n')
    const answer = await ask(serving, request, byLine ? `${body}\n` : body)
    const answers = batch.length === 1 ? [answer.trimEnd()] : linesOf(answer)
    if (answers.length !== batch.length) {
      throw new RefusedBatch(`The algorithm answered ${batch.length} records with ${answers.length} lines`)
    }
    const written = batch.map(({ record }, index) => toOutput(record, answers[index] ?? ''))
    const assembled = TransformOutput.AssembleWith === 'Line' ? written.map((line) => `${line}\n`) : written
    return assembled.join('')
  }
  const size = { single: BatchStrategy === 'SingleRecord' || !byLine, largestBytes: MaxPayloadInMB * 1024 ** 2 }
  const output = inOrder(batches(records(), size), MaxConcurrentTransforms || 1, scored)
  await pipeline(Source.from(output), createWriteStream(file))
}
