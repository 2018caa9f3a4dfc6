import { groupOfObject } from '@hopline/pipeline'
import type { AnyPipeline } from '@hopline/pipeline'
import { NoSuchSource } from './errors.ts'

/** Each pipeline whose sources name the key, and the group that reads it. Throws {@link NoSuchSource} where there is none. */
export const sourcesOf = (pipelines: readonly AnyPipeline[], key: string) => {
  const found = pipelines.flatMap((pipeline) => {
    const group = groupOfObject(pipeline, key)
    return group === undefined ? [] : [{ pipeline: pipeline.name, group }]
  })
  if (found.length === 0) throw new NoSuchSource('no pipeline reads objects of this key')
  return found
}
