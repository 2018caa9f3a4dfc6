import type { Check } from './problem.ts'
import { anything, fields, oneOf, text } from './values.ts'

/** A graph inside a state; its states are looked at by the walk over all graphs. */
export const graphFields = (more: Readonly<Record<string, Check>> = {}): Check =>
  fields({ StartAt: text, States: anything, Comment: text, ...more }, ['StartAt', 'States'])

/** What a Map does with each item. */
export const itemProcessor: Check = graphFields({ ProcessorConfig: fields({ Mode: oneOf('INLINE') }) })
