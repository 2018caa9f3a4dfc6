import type { Dispatcher } from 'undici'
import { textOfChunks } from './chunks-text.ts'
import type { Deadlines } from './deadlines.ts'

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

/** What ends an exchange before its reply is there. */
export interface Limits {
  readonly deadlines: Deadlines
  readonly waitMs: number
  /** The reason for which the exchange fails after `waitMs`. */
  readonly tooLate: () => Error
  readonly signal: AbortSignal | undefined
}

/** One request and its whole reply; ends at once when the time is up or the signal is aborted, with its reason. */
export const exchange = (
  pool: Dispatcher,
  request: Exchange,
  { deadlines, waitMs, tooLate, signal }: Limits,
): Promise<HttpReply> =>
  new Promise((resolve, reject) => {
    let status = 0
    const chunks: Buffer[] = []
    let controller: Dispatcher.DispatchController | undefined
    let stopped: Error | undefined
    const stop = (reason: Error) => {
      end()
      reject(reason)
      if (controller) controller.abort(reason)
      else stopped = reason
    }
    const abort = () => stop(signal?.reason)
    const met = deadlines.set(waitMs, () => stop(tooLate()))
    signal?.addEventListener('abort', abort, { once: true })
    const end = () => {
      met()
      signal?.removeEventListener('abort', abort)
    }
    pool.dispatch(request, {
      onRequestStart(started) {
        controller = started
        if (stopped) started.abort(stopped)
      },
      onResponseStart(_controller, statusCode) {
        status = statusCode
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk)
      },
      onResponseEnd() {
        end()
        resolve({ status, text: textOfChunks(chunks) })
      },
      onResponseError(_controller, error) {
        end()
        reject(error)
      },
    })
  })
