import type { AxiosResponse } from 'axios'
import * as z from 'zod'
import { HopsworksUnexpectedReply, refusal } from '../errors.ts'

export const isSuccess = (status: number) => status >= 200 && status <= 299

const errorEnvelope = z.object({
  errorCode: z.number().nullish(),
  errorMsg: z.string().nullish(),
  usrMsg: z.string().nullish(),
})

/** The body as the schema has it. @throws HopsworksError what a refusal says, or HopsworksUnexpectedReply */
export function parseReply<T extends z.ZodType>(
  { status, data, headers }: AxiosResponse<string>,
  method: string,
  path: string,
  reply: T,
): z.output<T> {
  const json = parseJson(data)
  if (!isSuccess(status)) {
    const envelope = errorEnvelope.safeParse(json).data
    const userMessage = [envelope?.errorMsg, envelope?.usrMsg].filter(Boolean).join(' ') || null
    const waitMs = retryAfterMs(headers['retry-after'], Date.now())
    throw refusal(`${method} ${path}`, {
      status,
      code: envelope?.errorCode ?? null,
      userMessage,
      method,
      path,
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    })
  }
  const parsed = reply.safeParse(json)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ')
  throw new HopsworksUnexpectedReply(`${method} ${path}: unexpected reply, ${where}`, { status, method, path })
}

function parseJson(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Of a `Retry-After` header, which holds seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: unknown, now: number): number | undefined {
  if (typeof header !== 'string' || header === '') return undefined
  const ms = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
