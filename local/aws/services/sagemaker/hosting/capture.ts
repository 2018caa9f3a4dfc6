import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { closing } from '../closing.ts'
import { perPlatform } from '../../../core/per-platform.ts'
import { openS3 } from '../s3.ts'
import { chance } from './chance.ts'
import type { DataCapture } from './endpoint-config.ts'

export interface Invocation {
  readonly endpoint: string
  readonly variant: string
  readonly roleArn: string
  readonly at: number
  readonly input: { readonly contentType: string; readonly body: Buffer }
  readonly output: { readonly contentType: string; readonly body: Buffer }
  readonly inferenceId?: string | undefined
  readonly customAttributes?: string | undefined
}

const flushAfterMs = 1000

const encodingOf = ({ CaptureContentTypeHeader: types }: DataCapture, contentType: string) => {
  if (types?.JsonContentTypes?.includes(contentType)) return 'JSON'
  return contentType === 'text/csv' || types?.CsvContentTypes?.includes(contentType) ? 'CSV' : 'BASE64'
}

const side = (capture: DataCapture, mode: 'INPUT' | 'OUTPUT', { contentType, body }: Invocation['input']) => {
  const encoding = encodingOf(capture, contentType)
  return {
    observedContentType: contentType,
    mode,
    data: body.toString(encoding === 'BASE64' ? 'base64' : 'utf8'),
    encoding,
  }
}

/** A captured invocation: one line of a capture file. */
export const captureLine = (capture: DataCapture, invocation: Invocation) => {
  const modes = new Set(capture.CaptureOptions.map(({ CaptureMode }) => CaptureMode))
  const both = modes.has('InputAndOutput')
  return JSON.stringify({
    captureData: {
      ...((both || modes.has('Input')) && { endpointInput: side(capture, 'INPUT', invocation.input) }),
      ...((both || modes.has('Output')) && { endpointOutput: side(capture, 'OUTPUT', invocation.output) }),
    },
    eventMetadata: {
      eventId: randomUUID(),
      inferenceId: invocation.inferenceId,
      customAttributes: invocation.customAttributes === undefined ? undefined : [invocation.customAttributes],
      inferenceTime: `${new Date(invocation.at).toISOString().slice(0, 19)}Z`,
    },
    eventVersion: '0',
  })
}

/** `<destination>/<endpoint>/<variant>/yyyy/mm/dd/hh/<mm>-<ss>-<ms>-<uuid>.jsonl` */
export const captureUri = ({ DestinationS3Uri }: DataCapture, { endpoint, variant, at }: Invocation) => {
  const [, day = '', hour, minute, second, ms] =
    /^(.*)T(\d+):(\d+):(\d+)\.(\d+)Z$/.exec(new Date(at).toISOString()) ?? []
  const folder = `${DestinationS3Uri.replace(/\/+$/, '')}/${endpoint}/${variant}/${day.replaceAll('-', '/')}/${hour}`
  return `${folder}/${minute}-${second}-${ms}-${randomUUID()}.jsonl`
}

/** Writes captured invocations to S3, about a second after they happened, one file an endpoint's variant and hour. */
export const captures = perPlatform((platform) => {
  const waiting = new Map<string, { capture: DataCapture; first: Invocation; lines: string[] }>()
  let flushing: Promise<void> | undefined

  const flush = async () => {
    const files = [...waiting.values()]
    waiting.clear()
    for (const { capture, first, lines } of files) {
      try {
        const s3 = await openS3(platform, first.roleArn, first.endpoint)
        await s3.put(captureUri(capture, first), `${lines.join('\n')}\n`)
      } catch (error) {
        platform.log('sagemaker', 'captured data is lost', { endpoint: first.endpoint, error: String(error) })
      }
    }
  }
  const later = async () => {
    await setTimeout(flushAfterMs, undefined, { signal: closing(platform) }).catch(() => {})
    flushing = undefined
    await flush()
  }
  platform.onClose(async () => {
    await flushing
  })

  return (capture: DataCapture, invocation: Invocation) => {
    if (!capture.EnableCapture || chance(platform)() * 100 >= capture.InitialSamplingPercentage) return
    const { endpoint, variant, at } = invocation
    const key = `${endpoint}/${variant}/${Math.floor(at / 3_600_000)}`
    const file = waiting.get(key) ?? { capture, first: invocation, lines: [] }
    file.lines.push(captureLine(capture, invocation))
    waiting.set(key, file)
    flushing ??= later()
  }
})
