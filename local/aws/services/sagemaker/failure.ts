import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The container ended with a code other than 0; the message is FailureReason. */
export class AlgorithmError extends Error {
  override readonly name = 'AlgorithmError'
}

/** The failure is the request's: missing data, missing rights, an image that cannot be had. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
}

const longest = 1024

/** What the container left in output/failure, and how it ended. */
export const algorithmError = async (base: string, exitCode: number) => {
  const text = await readFile(join(base, 'output/failure'), 'utf8').catch(() => '')
  const ending = `, exit code: ${exitCode}`
  return new AlgorithmError(text.slice(0, longest - 'AlgorithmError: '.length - ending.length) + ending)
}

/** Runs a step whose failure is the request's. */
export const blamedOnRequest = async <T>(what: string, step: Promise<T>): Promise<T> => {
  try {
    return await step
  } catch (error) {
    throw new ClientError(`${what}:${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** FailureReason, at most 1024 characters. */
export const failureReason = (error: unknown) =>
  error instanceof AlgorithmError || error instanceof ClientError
    ? `${error.name}: ${error.message}`.slice(0, longest)
    : 'InternalServerError: We encountered an internal error. Please try again.'
