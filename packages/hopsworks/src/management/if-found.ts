import { HopsworksNotFound } from '../errors.ts'

/** The reply, or undefined when Hopsworks says that there is no such entity. */
export async function ifFound<T>(reply: Promise<T>): Promise<T | undefined> {
  try {
    return await reply
  } catch (error) {
    if (error instanceof HopsworksNotFound) return undefined
    throw error
  }
}
