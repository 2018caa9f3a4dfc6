import { groupOfObject } from '@hopline/pipeline'
import type { AnyPipeline } from '@hopline/pipeline'
import { NoSuchSource } from './errors.ts'

/** The pipeline and group whose sources name the key; the first pipeline in the list wins. Throws {@link NoSuchSource}. */
export const sourceOf = (pipelines: readonly AnyPipeline[], key: string) => {
  for (const pipeline of pipelines) {
    const group = groupOfObject(pipeline, key)
    if (group !== undefined) return { pipeline: pipeline.name, group }
  }
  throw new NoSuchSource('no pipeline reads objects of this key')
}
