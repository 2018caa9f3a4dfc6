import type { Topics } from './topics.ts'
import type { WireReader } from './wire-reader.ts'
import type { WireWriter } from './wire-writer.ts'

/** What a request finds: the topics, who sent it, where the broker is. */
export interface Exchange {
  readonly version: number
  readonly request: WireReader
  readonly response: WireWriter
  readonly topics: Topics
  /** The common name of the client's certificate. */
  readonly user: string
  readonly mayProduce: boolean
  readonly broker: { readonly host: string; readonly port: number }
}

/** One request type of the protocol and the versions of it that are spoken. */
export interface Api {
  readonly key: number
  readonly name: string
  readonly min: number
  readonly max: number
  /** The first version with compact lengths and tagged fields. */
  readonly flexibleFrom: number
  /** Writes the response; false when there is none to send. */
  answer(exchange: Exchange): void | false | Promise<void>
}
