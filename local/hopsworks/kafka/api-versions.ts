import type { Api } from './api.ts'
import { errorCode } from './error-code.ts'
import { fetch } from './fetch.ts'
import { initProducerId } from './init-producer-id.ts'
import { listOffsets } from './list-offsets.ts'
import { metadata } from './metadata.ts'
import { produce } from './produce.ts'
import type { WireWriter } from './wire-writer.ts'

const writeApis = (response: WireWriter) =>
  response.array([...apis.values()], ({ key, min, max }) => response.int16(key).int16(min).int16(max).tags())

/** Its response header never has tags, so that a client that speaks a newer version can read the refusal. */
export const apiVersions: Api = {
  key: 18,
  name: 'ApiVersions',
  min: 0,
  max: 4,
  flexibleFrom: 3,
  answer({ version, response }) {
    writeApis(response.int16(errorCode.none))
    if (version >= 1) response.int32(0)
    response.tags()
  },
}

/** The answer to a version of ApiVersions that is not spoken: version 0 with the reason and what is spoken. */
export const refuseApiVersions = (response: WireWriter): WireWriter =>
  writeApis(response.int16(errorCode.unsupportedVersion))

/** Every request type that this broker answers. */
export const apis: ReadonlyMap<number, Api> = new Map(
  [produce, fetch, listOffsets, metadata, apiVersions, initProducerId].map((api) => [api.key, api]),
)
