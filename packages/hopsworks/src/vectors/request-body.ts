import { HopsworksRejected } from '../errors.ts'
import type { Value } from '../value.ts'
import { jsonOf } from './json-value.ts'

/** Serving keys of one vector, by name: text (also dates), numbers, 64-bit integers as bigint, bytes. */
export type Entry = Readonly<Record<string, Value>>

/** The body of a read, by whoever reads it often: what does not change is written once. */
export function bodyWriter(project: string) {
  const begin = `{"featureStoreName":${JSON.stringify(project)},"featureViewName":`
  const end =
    ',"metadataOptions":{"featureName":true,"featureType":true},"options":{"validatePassedFeatures":false,"includeDetailedStatus":true}}'
  return (view: string, version: number, entries: string, passed: string | undefined): string =>
    `${begin}${JSON.stringify(view)},"featureViewVersion":${version},"entries":${entries}${
      passed === undefined ? '' : `,"passedFeatures":${passed}`
    }${end}`
}

const keys = new Map<string, string>()
const mostKeys = 1_000

/** `"name":`, written once for many entries. */
function keyJson(name: string): string {
  const known = keys.get(name)
  if (known !== undefined) return known
  const json = `${JSON.stringify(name)}:`
  if (keys.size === mostKeys) keys.clear()
  keys.set(name, json)
  return json
}

/** An entry as JSON. @throws HopsworksRejected where a key has no value: the server would say so, later */
export function entryJson(entry: Entry): string {
  let json = ''
  for (const name of Object.keys(entry)) {
    const value = entry[name]
    const text = value === null || value === undefined ? undefined : jsonOf(value)
    if (text === undefined) throw new HopsworksRejected(`Serving key ${name} has no value`, { code: 'KEY' })
    json += json === '' ? keyJson(name) + text : `,${keyJson(name)}${text}`
  }
  return `{${json}}`
}

/** Features as JSON that win over those of the store. @throws HopsworksRejected for what JSON cannot hold */
export function passedJson(passed: Entry): string {
  const json = jsonOf(passed)
  if (json === undefined) throw new HopsworksRejected('A passed feature is not a finite number', { code: 'PASSED' })
  return json
}
