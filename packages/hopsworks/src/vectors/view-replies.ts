import { withNumbersAsText } from './exact-json.ts'
import { array, parse, unexpected } from './reply-json.ts'
import type { Json } from './reply-json.ts'
import { frameOfBatch, frameOfOne, Misfit, vectorsOf } from './reply.ts'
import type { Frame, Vector } from './reply.ts'

const beforeFeatures = '{"features":'
const afterFeatures = ',"metadata":['
const mostFrames = 20

/**
 * The replies for one view. What they say behind the features, such as the names and types of these, is the same in many
 * of them, and for one vector longer than its values: it is read once.
 */
export class ViewReplies {
  readonly #frames = new Map<string, Frame>()

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
      const { features, frame } = this.#known(text) ?? this.#whole(text, path, frameOf)
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
  #known(reply: string): Read | undefined {
    const end = reply.lastIndexOf(afterFeatures)
    const frame = reply.startsWith(beforeFeatures) ? this.#frames.get(reply.slice(end)) : undefined
    if (!frame) return undefined
    try {
      return { features: JSON.parse(reply.slice(beforeFeatures.length, end)), frame }
    } catch {
      return undefined
    }
  }

  #whole(reply: string, path: string, frameOf: FrameOf): Read {
    const json = parse(reply, path)
    const frame = frameOf(json, path)
    if (this.#frames.size === mostFrames) this.#frames.clear()
    this.#frames.set(copyOf(reply.slice(reply.lastIndexOf(afterFeatures))), frame)
    return { features: json['features'], frame }
  }
}

type FrameOf = (json: Json, path: string) => Frame

interface Read {
  readonly features: unknown
  readonly frame: Frame
}

/** A slice of a text keeps all of it in memory. */
const copyOf = (text: string): string => Buffer.from(text).toString()
