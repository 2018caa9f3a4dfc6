import { Logger } from '@aws-lambda-powertools/logger'
import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import type * as z from 'zod'
import { bareError } from './bare-error.ts'
import { parseConfig } from './config.ts'
import { InvalidInput } from './errors.ts'
import { fieldProblems, inWords } from './field-problems.ts'
import { logFields } from './log-fields.ts'
import { startOnce } from './start-once.ts'

/** A function that Step Functions or an event calls. */
export interface LambdaFunction<Config extends z.ZodType, Input extends z.ZodType, Services, Output> {
  /** The function's name in its logs. */
  name: string
  /** Its environment; parsed at cold start, all problems in one InvalidConfig. */
  config: Config
  /** Its event; anything else fails as InvalidInput. */
  input: Input
  /** Its clients, made at cold start. Nothing else makes any. */
  services: (config: z.output<Config>) => Services | Promise<Services>
  /** What it does; also what its tests call. */
  run: (input: z.output<Input>, services: Services) => Promise<Output>
}

/** What AWS calls. */
export interface EventLambda<Output> {
  (event: unknown, context: Context): Promise<Output>
}

/**
 * The handler of a function: config and services at cold start, the event parsed, one log line at the start and one at
 * the end with the fields of `logFields`. An error leaves with its own name and message, and without anything else.
 */
export const lambdaHandler = <Config extends z.ZodType, Input extends z.ZodType, Services, Output>(
  spec: LambdaFunction<Config, Input, Services, Output>,
): EventLambda<Output> => {
  const logger = new Logger({ serviceName: spec.name })
  const started = startOnce(() => spec.services(parseConfig(spec.config)))
  const startedAt = new WeakMap<object, number>()

  return middy<unknown, Output>()
    .use({
      before: ({ event, context }) => {
        startedAt.set(context, performance.now())
        logger.addContext(context)
        logger.info('start', logFields(event))
      },
      after: ({ event, context, response }) => {
        const durationMs = durationSince(startedAt.get(context))
        logger.info('end', { ...logFields(event), ...logFields(response), durationMs })
      },
      onError: (request) => {
        const error = bareError(request.error)
        const durationMs = durationSince(startedAt.get(request.context))
        logger.error('failed', { ...logFields(request.event), durationMs, error })
        request.error = error
      },
    })
    .handler(async (event: unknown) => {
      const parsed = spec.input.safeParse(event)
      if (!parsed.success) throw new InvalidInput(inWords(fieldProblems(parsed.error)))
      return spec.run(parsed.data, await started())
    })
}

const durationSince = (start: number | undefined) =>
  start === undefined ? undefined : Math.round(performance.now() - start)
