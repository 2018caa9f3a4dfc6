import type { MapState } from '../definition.ts'
import type { Visit } from '../visit.ts'

/** MaxConcurrency of a Map; 0 is no limit. */
export const maxConcurrency = async (
  { MaxConcurrency: literal, MaxConcurrencyPath: path }: MapState,
  { language }: Visit,
): Promise<number> => {
  const field = 'MaxConcurrency'
  const most = (await language.number('integer', { field, literal, path })) ?? 0
  if (most >= 0) return most
  throw language.refusal(`The MaxConcurrency field must be a non-negative integer but was: ${most}`, field)
}
