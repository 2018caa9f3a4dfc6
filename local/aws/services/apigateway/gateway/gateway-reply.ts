import * as z from 'zod'

/** What goes back to the caller of an API. */
export interface GatewayReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: Buffer
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value))

/** API Gateway's own answer, such as 403 Forbidden. */
export const message = (status: number, text: string): GatewayReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: json({ message: text }),
})

export const broken = message(500, 'Internal Server Error')

const scalar = z.union([z.string(), z.number(), z.boolean()])

const structured = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
})

const isStructured = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && 'statusCode' in result

/** A function's result as a reply: with a status code as it says, without one as 200 and JSON. */
export const functionReply = (result: unknown): GatewayReply => {
  if (!isStructured(result)) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: json(result ?? null) }
  }
  const { success, data } = structured.safeParse(result)
  if (!success) return broken
  const headers = Object.entries(data.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  )
  return {
    status: data.statusCode,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(headers),
      ...(data.cookies?.length && { 'set-cookie': data.cookies }),
    },
    body: Buffer.from(data.body ?? '', data.isBase64Encoded ? 'base64' : 'utf8'),
  }
}
