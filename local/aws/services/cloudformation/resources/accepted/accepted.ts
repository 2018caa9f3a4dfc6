import type * as z from 'zod'
import type { Made, Properties, ResourceContext, ResourceType } from '../../resource-type.ts'
import { defineResource } from '../../resource-type.ts'

/** A type whose properties are checked, whose references work, and behind which there is nothing. */
export const accepted = <P extends Properties>(
  type: string,
  properties: z.ZodType<P>,
  replacedBy: readonly (keyof P & string)[],
  made: (properties: P, context: ResourceContext) => Made,
): ResourceType =>
  defineResource({
    type,
    properties,
    replacedBy,
    create: (wanted, context) => Promise.resolve(made(wanted, context)),
    update: (wanted, { physicalId, attributes }, context) => {
      const now = made(wanted, context)
      return Promise.resolve(now.physicalId === physicalId ? now : { physicalId, attributes })
    },
    delete: () => Promise.resolve(),
  })
