import type { ItemReader } from '../definition.ts'
import type { Transfer } from '../distributed/map-runs.ts'
import type { Visit } from '../visit.ts'

/** An ItemReader with its fields filled in. */
export const itemReader = async (reader: ItemReader, { language }: Visit): Promise<Transfer> => {
  const { MaxItems: literal, MaxItemsPath: path, ...config } = reader.ReaderConfig ?? {}
  const given = await language.fill(reader.Arguments ?? reader.Parameters ?? {}, 'ItemReader/Arguments')
  const most = await language.number('integer', { field: 'MaxItems', literal, path })
  if (most !== undefined && most <= 0) {
    throw language.refusal(`The MaxItems field must be a positive integer but was: ${most}`, 'MaxItems')
  }
  return {
    resource: reader.Resource,
    arguments: given,
    config: { ...config, ...(most !== undefined && { MaxItems: most }) },
  }
}
