import { expect, it } from '@jest/globals'
import { batchesOf } from './batches.ts'

const batching = { mostItems: undefined, mostBytes: undefined, input: undefined }

it('every item is alone without ItemBatcher', () => {
  expect(batchesOf([1, 2], undefined)).toEqual([
    { input: 1, items: 1 },
    { input: 2, items: 1 },
  ])
})

// Step Functions Developer Guide, "ItemBatcher (Map)".
it('a batch has at most so many items, beside what all batches share', () => {
  expect(batchesOf([1, 2, 3], { ...batching, mostItems: 2, input: { factCheck: 'December 2022' } })).toEqual([
    { input: { BatchInput: { factCheck: 'December 2022' }, Items: [1, 2] }, items: 2 },
    { input: { BatchInput: { factCheck: 'December 2022' }, Items: [3] }, items: 1 },
  ])
})

it('a batch has at most so many bytes, unless a single item has more', () => {
  const batches = batchesOf(['aaaa', 'bbbb', 'c'.repeat(50), 'd'], { ...batching, mostBytes: 30 })
  expect(batches.map(({ input }) => input)).toEqual([
    { Items: ['aaaa', 'bbbb'] },
    { Items: ['c'.repeat(50)] },
    { Items: ['d'] },
  ])
})
