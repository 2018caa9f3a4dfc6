import { withNumbersAsText } from './exact-json.ts'
import { array, parse, unexpected } from './reply-json.ts'
import type { Json } from './reply-json.ts'
import { frameOfBatch, frameOfOne, Misfit, vectorsOf } from './reply.ts'
import type { Frame, Vector } from './reply.ts'

const beforeFeatures = '{"features":'
const afterFeatures = ',"metadata":['
const mostKnown = 20

/**
 * The replies for one view, whatever its version. What they say behind the features, such as the names and types of
 * these, is the same in many of them, and for one vector longer than its values: it is read once.
 */
export class ViewReplies {
  readonly #known: Known[] = []

  one(reply: string, path: string): Vector {
    const [vector] = this.#vectors(reply, path, frameOfOne, (features) => [features])
    return vector!
  }

  /** In the order of the entries. */
  batch(reply: string, path: string): Vector[] {
    return this.#vectors(reply, path, frameOfBatch, (features) => array(features, path))
  }

  /** Reads a reply quickly, or digit by digit where that rounds a number. */
  #vectors(reply: string, path: string, frameOf: FrameOf, rowsOf: (features: unknown) => readonly unknown[]): Vector[] {
    const read = (text: string) => {
      const { features, frame } = this.#withKnownFrame(text) ?? this.#whole(text, path, frameOf)
      return vectorsOf(rowsOf(features), frame, path)
    }
    try {
      return read(reply)
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
    }
    try {
      return read(withNumbersAsText(reply))
    } catch (error) {
      throw error instanceof Misfit ? unexpected(path, error.message) : error
    }
  }

  /** Undefined where what is behind the features is new, or stands elsewhere. */
  #withKnownFrame(reply: string): Read | undefined {
    const known = reply.startsWith(beforeFeatures) ? this.#known.find(({ text }) => reply.endsWith(text)) : undefined
    if (!known) return undefined
    try {
      const features: unknown = JSON.parse(reply.slice(beforeFeatures.length, reply.length - known.text.length))
      return { features, frame: known.frame }
    } catch {
      return undefined
    }
  }

  #whole(reply: string, path: string, frameOf: FrameOf): Read {
    const json = parse(reply, path)
    const frame = frameOf(json, path)
    const from = reply.lastIndexOf(afterFeatures)
    if (from >= 0) this.#know({ text: copyOf(reply.slice(from)), frame })
    return { features: json['features'], frame }
  }

  #know(known: Known): void {
    if (this.#known.length === mostKnown) this.#known.shift()
    this.#known.push(known)
  }
}

/** A frame, and the text of a reply behind its features that says it. */
interface Known {
  readonly text: string
  readonly frame: Frame
}

type FrameOf = (json: Json, path: string) => Frame

interface Read {
  readonly features: unknown
  readonly frame: Frame
}

/** A slice of a text keeps all of it in memory. */
const copyOf = (text: string): string => Buffer.from(text).toString()
