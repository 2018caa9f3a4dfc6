import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** Splits a stream into lines and finds the mark that ends an invocation. */
export class Lines {
  #rest = ''
  #mark: string | undefined
  #found: (() => void) | undefined
  readonly #onLine: (line: string) => void

  constructor(stream: Readable, onLine: (line: string) => void) {
    this.#onLine = onLine
    const decoder = new StringDecoder('utf8')
    stream.on('data', (chunk: Buffer) => this.#take(decoder.write(chunk)))
    stream.on('close', () => this.#end())
  }

  /** Resolves when everything before the mark has been seen, or the stream is over. */
  until(mark: string): Promise<void> {
    this.#mark = mark
    return new Promise((resolve) => {
      this.#found = resolve
    })
  }

  #take(text: string): void {
    let rest = this.#rest + text
    const at = this.#mark === undefined ? -1 : rest.indexOf(this.#mark)
    if (at >= 0 && this.#mark !== undefined) {
      const after = rest.slice(at + this.#mark.length)
      this.#lines(rest.slice(0, at), true)
      rest = after
      this.#found?.()
      this.#mark = undefined
    }
    this.#rest = this.#lines(rest, false)
  }

  #lines(text: string, whole: boolean): string {
    const lines = text.split('\n')
    const rest = lines.pop() ?? ''
    for (const line of lines) this.#onLine(line)
    if (!whole) return rest
    if (rest !== '') this.#onLine(rest)
    return ''
  }

  #end(): void {
    this.#lines(this.#rest, true)
    this.#rest = ''
    this.#found?.()
  }
}
