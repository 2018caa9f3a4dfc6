import type { AnyPipeline } from './pipeline.ts'

const globsOf = (pipeline: AnyPipeline) =>
  pipeline.spine.from.flatMap((source) => (source.from === 's3' ? [source.glob] : []))

/** EventBridge's matchers of `detail.object.key`. There `*` also stands for `/`: {@link groupOfObject} decides. */
export const objectPatterns = (pipeline: AnyPipeline): { wildcard: string }[] =>
  globsOf(pipeline).map((wildcard) => ({ wildcard }))

const matches = (glob: string, key: string) =>
  new RegExp(`^${glob.replaceAll(/[.+^$()|]/g, String.raw`\$&`).replaceAll('*', '[^/]*')}$`).test(key)

/** Name of the group that an object of the raw bucket belongs to, by its key (not URL-encoded). */
export const groupOfObject = (pipeline: AnyPipeline, key: string): string | undefined =>
  globsOf(pipeline).some((glob) => matches(glob, key)) ? pipeline.spine.name : undefined
