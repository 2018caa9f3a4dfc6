import * as z from 'zod'

/**
 * One line of the test split as the batch transform gets it. `features` alone reaches the model (InputFilter
 * `$.features`), so that the label does not; `by` holds what the evaluator slices by.
 */
export const testRow = z.strictObject({
  row: z.int().nonnegative(),
  label: z.union([z.literal(0), z.literal(1)]),
  by: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  features: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})
export type TestRow = z.infer<typeof testRow>

/** The same line after the transform, which joins its output to its input (JoinSource Input). */
export const scoredRow = z.strictObject({
  ...testRow.shape,
  SageMakerOutput: z.object({ probability: z.number().min(0).max(1) }),
})
export type ScoredRow = z.infer<typeof scoredRow>

/** Requests whose answers are known: the deployer sends the instances and compares the probabilities. */
export const goldenRequest = z.strictObject({
  instances: z.array(testRow.shape.features).min(1),
  probabilities: z.array(z.number().min(0).max(1)).min(1),
})
export type GoldenRequest = z.infer<typeof goldenRequest>
