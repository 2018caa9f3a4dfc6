import type { Dispatcher } from 'undici'

export interface Exchange {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export interface HttpReply {
  readonly status: number
  readonly text: string
}

/** One request and its whole reply; ends at once when the signal is aborted, with its reason. */
export const exchange = (pool: Dispatcher, request: Exchange, signal: AbortSignal): Promise<HttpReply> =>
  new Promise((resolve, reject) => {
    let [status, text] = [0, '']
    let chunks: Buffer[] | undefined
    let controller: Dispatcher.DispatchController | undefined
    const abort = () => {
      reject(signal.reason)
      controller?.abort(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
    const end = () => signal.removeEventListener('abort', abort)
    pool.dispatch(request, {
      onRequestStart(started) {
        controller = started
        if (signal.aborted) started.abort(signal.reason)
      },
      onResponseStart(_controller, statusCode) {
        status = statusCode
      },
      onResponseData(_controller, chunk) {
        if (chunks) chunks.push(chunk)
        else chunks = [chunk]
      },
      onResponseEnd() {
        end()
        if (chunks) text = chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString()
        resolve({ status, text })
      },
      onResponseError(_controller, error) {
        end()
        reject(error)
      },
    })
  })
