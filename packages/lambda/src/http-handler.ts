import { Logger } from '@aws-lambda-powertools/logger'
import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import type * as z from 'zod'
import { bareError } from './bare-error.ts'
import { parseConfig } from './config.ts'
import { jsonBody } from './json-body.ts'
import { Problem, problemAnswer } from './problem.ts'
import { startOnce } from './start-once.ts'

/** A request as an HTTP function sees it. */
export interface HttpRequest {
  /** Parts of the path that the route names. */
  path: Readonly<Record<string, string | undefined>>
  /** The JSON of the body. */
  body: unknown
}

/** A function behind an HTTP API (payload format 2.0) that takes and gives JSON. */
export interface HttpFunction<Config extends z.ZodType, Services> {
  /** The function's name in its logs. */
  name: string
  /** Its environment; parsed at cold start, all problems in one InvalidConfig. */
  config: Config
  /** The most bytes that a body may have. */
  maxBodyBytes: number
  /** Its clients, made at cold start. Nothing else makes any. */
  services: (config: z.output<Config>) => Services | Promise<Services>
  /** Answers with the body of a 200; a Problem that it throws becomes a problem document. */
  run: (request: HttpRequest, services: Services) => Promise<object>
}

/** What AWS calls. */
export interface HttpLambda {
  (event: APIGatewayProxyEventV2, context: Context): Promise<APIGatewayProxyStructuredResultV2>
}

const internalError = { kind: 'internal-error', title: 'Something went wrong on our side', status: 500 } as const

/** The handler of an HTTP function. Every failure is answered by a problem document; one that is not a Problem says no more than 500. */
export const httpHandler = <Config extends z.ZodType, Services>(spec: HttpFunction<Config, Services>): HttpLambda => {
  const logger = new Logger({ serviceName: spec.name })
  const started = startOnce(() => spec.services(parseConfig(spec.config)))
  const startedAt = new WeakMap<object, number>()
  const fields = (request: { event: APIGatewayProxyEventV2; context: Context }) => ({
    route: request.event.routeKey,
    requestId: request.event.requestContext?.requestId,
    path: request.event.pathParameters,
    durationMs: Math.round(performance.now() - (startedAt.get(request.context) ?? performance.now())),
  })

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use({
      before: ({ context }) => {
        startedAt.set(context, performance.now())
        logger.addContext(context)
      },
      after: (request) => {
        logger.info('answered', { ...fields(request), status: request.response?.statusCode })
      },
      onError: (request) => {
        const details = request.error instanceof Problem ? request.error.details : internalError
        request.response = problemAnswer(details)
        if (request.error instanceof Problem) {
          logger.info('refused', { ...fields(request), status: details.status, kind: details.kind })
        } else logger.error('failed', { ...fields(request), status: details.status, error: bareError(request.error) })
      },
    })
    .handler(async (event: APIGatewayProxyEventV2) => {
      const body = jsonBody(event, spec.maxBodyBytes)
      const answer = await spec.run({ path: event.pathParameters ?? {}, body }, await started())
      return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) }
    })
}
