import { kinds } from '@hopline/local-states'
import type { Json, JsonObject } from '@hopline/local-states'
import { isRecord } from '../../../core/is-record.ts'

/** Services whose members begin in lower case; states always speak of them in upper case. */
const lowerCased = new Set(['states', 'logs', 'emr-serverless'])

const renamed = (value: unknown, rename: (name: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item: unknown) => renamed(item, rename))
  if (!isRecord(value) || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [rename(name), renamed(member, rename)]))
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
const upperFirst = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

/** To the SDKs for Java a member that is null is not there. */
const present = (value: Json): Json => {
  if (kinds.array.is(value)) return value.map(present)
  if (!kinds.object.is(value)) return value
  const members = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(members.map(([name, member]) => [name, present(member)]))
}

/** A Task's arguments in the casing of the service's API. */
export const toMembers = (service: string, given: Json): unknown =>
  lowerCased.has(service) ? renamed(present(given), lowerFirst) : present(given)

/** SageMaker's operations answer with seconds since 1970, the others with dates. */
const isTime = (service: string, name: string, value: unknown): value is number =>
  service === 'sagemaker' && typeof value === 'number' && /Time(stamp)?$/.test(name)

/** Writes operations' answers as JSON, with `time` for every point in time. */
class Answer {
  readonly #service: string
  readonly #time: (ms: number) => Json
  constructor(service: string, time: (ms: number) => Json) {
    this.#service = service
    this.#time = time
  }

  members(value: Readonly<Record<string, unknown>>): JsonObject {
    const present = Object.entries(value).filter(([, member]) => member !== undefined)
    return Object.fromEntries(present.map(([name, member]) => [name, this.#json(member, name)]))
  }

  #json(value: unknown, name: string): Json {
    if (value instanceof Date) return this.#time(value.getTime())
    if (isTime(this.#service, name, value)) return this.#time(value * 1000)
    if (Array.isArray(value)) return value.map((item: unknown) => this.#json(item, ''))
    if (isRecord(value)) return this.members(value)
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  }
}

const fromMembers = (service: string, output: unknown, time: (ms: number) => Json): JsonObject => {
  const cased = lowerCased.has(service) ? renamed(output, upperFirst) : output
  return isRecord(cased) ? new Answer(service, time).members(cased) : {}
}

/** An answer as optimised integrations show it: times are milliseconds since 1970. */
export const optimisedResult = (service: string, output: unknown): JsonObject =>
  fromMembers(service, output, (ms) => ms)

/** An answer as aws-sdk integrations show it: times are ISO text. */
export const sdkResult = (service: string, output: unknown): JsonObject =>
  fromMembers(service, output, (ms) => new Date(ms).toISOString())
