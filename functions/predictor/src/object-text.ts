import { addAbortSignal } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { SignatureV4 } from '@smithy/signature-v4'

/** Reads the text of an object by its key. */
export type ObjectText = (key: string) => Promise<string>

interface Options {
  /** Of S3 where it is not AWS's own: `http://127.0.0.1:4566`. */
  endpoint?: string | undefined
  deadlineMs?: number
}

/**
 * S3's GetObject with the credentials, the region and the HTTP handler of a client that is loaded anyway: S3's own client
 * would make the bundle larger by a seventh. Rejects where there is no object, or none within the deadline.
 */
export const objectText = (
  { config }: SageMakerRuntimeClient,
  bucket: string,
  { endpoint, deadlineMs = 1_000 }: Options = {},
): ObjectText => {
  const signer = new SignatureV4({ ...config, service: 's3', uriEscapePath: false })
  return async (key) => {
    const base =
      endpoint === undefined ? `https://${bucket}.s3.${await config.region()}.amazonaws.com` : `${endpoint}/${bucket}`
    const { protocol, hostname, port, host, pathname: path } = new URL(`${base}/${key}`)
    const request = { method: 'GET', protocol, hostname, path, headers: { host }, ...(port && { port: Number(port) }) }
    const abortSignal = AbortSignal.timeout(deadlineMs)
    const { response } = await config.requestHandler.handle(await signer.sign(request), { abortSignal })
    const body = await text(addAbortSignal(abortSignal, response.body))
    if (response.statusCode !== 200) throw new TypeError(`S3 answers ${response.statusCode} for ${key}`)
    return body
  }
}
