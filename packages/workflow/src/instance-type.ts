/** Thrown for an instance type that the SDK's tables do not hold: misspelt, or newer than the SDK. */
export class UnknownInstanceType extends Error {
  override readonly name = 'UnknownInstanceType'
}

/**
 * An instance type of the pipeline as the SDK types it.
 *
 * @param known the SDK's table, for example `TrainingInstanceType` of @aws-sdk/client-sagemaker
 * @throws UnknownInstanceType
 */
export const instanceType = <T extends string>(known: Readonly<Record<string, T>>, instance: string): T => {
  const found = Object.values(known).find((name) => name === instance)
  if (found !== undefined) return found
  throw new UnknownInstanceType(`${instance} is no instance type that SageMaker's SDK knows`)
}
