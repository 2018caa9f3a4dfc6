import { fitting } from './pattern.ts'
import type { Fits, Pattern } from './pattern.ts'

const components = 6

const cutPattern = (pattern: Pattern): Pattern[] => {
  const pieces: Pattern[number][][] = [[]]
  for (const part of pattern) {
    if (part === ':' && pieces.length < components) pieces.push([])
    else pieces.at(-1)?.push(part)
  }
  return pieces
}

const cutText = (arn: string): string[] => {
  const pieces = arn.split(':')
  return [
    ...pieces.slice(0, components - 1),
    ...(pieces.length < components ? [] : [pieces.slice(components - 1).join(':')]),
  ]
}

/** Whether an ARN fits: each of the six parts by itself, so that no wildcard reaches over a colon before the last part. */
export const arnFitting = (pattern: Pattern): Fits => {
  const wanted = cutPattern(pattern).map(fitting)
  return (arn, context) => {
    const given = cutText(arn)
    return given.length === wanted.length && wanted.every((fits, at) => fits(given[at] ?? '', context))
  }
}
