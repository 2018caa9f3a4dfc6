import type { ItemBatcher } from '../definition.ts'
import type { Batching } from '../distributed/batches.ts'
import type { Visit } from '../visit.ts'

/** An ItemBatcher with its fields filled in. */
export const itemBatcher = async (batcher: ItemBatcher, { language }: Visit): Promise<Batching> => {
  const positive = async (field: string, literal: ItemBatcher['MaxItemsPerBatch'], path: string | undefined) => {
    const value = await language.number('integer', { field, literal, path })
    if (value === undefined || value > 0) return value
    throw language.refusal(`The ${field} field must be a positive integer but was: ${value}`, field)
  }
  return {
    mostItems: await positive('MaxItemsPerBatch', batcher.MaxItemsPerBatch, batcher.MaxItemsPerBatchPath),
    mostBytes: await positive(
      'MaxInputBytesPerBatch',
      batcher.MaxInputBytesPerBatch,
      batcher.MaxInputBytesPerBatchPath,
    ),
    input: batcher.BatchInput === undefined ? undefined : await language.fill(batcher.BatchInput, 'BatchInput'),
  }
}
