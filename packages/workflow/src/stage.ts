/** A setting that is the same everywhere, or one for each stage. */
export type PerStage<T> = T | { readonly dev: T; readonly prod: T }

const isPerStage = <T>(value: PerStage<T>): value is { readonly dev: T; readonly prod: T } =>
  typeof value === 'object' && value !== null && 'dev' in value && 'prod' in value

/** The setting of a stage; every stage but `prod` is set like `dev`. */
export const forStage = <T>(value: PerStage<T>, stage: string): T => {
  if (!isPerStage(value)) return value
  return stage === 'prod' ? value.prod : value.dev
}
