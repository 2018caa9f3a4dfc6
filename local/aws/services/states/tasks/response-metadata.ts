import { randomUUID } from 'node:crypto'
import type { JsonObject } from '@hopline/local-states'

/** What the optimised integrations add to the answer of one request. */
export const responseMetadata = (headers: Readonly<Record<string, string>> = {}, status = 200): JsonObject => {
  const RequestId = randomUUID()
  const all = { 'x-amzn-RequestId': RequestId, ...headers }
  const lists = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]]))
  return {
    SdkHttpMetadata: { AllHttpHeaders: lists, HttpHeaders: all, HttpStatusCode: status },
    SdkResponseMetadata: { RequestId },
  }
}
