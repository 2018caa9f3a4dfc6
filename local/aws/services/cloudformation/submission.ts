import { text } from 'node:stream/consumers'
import * as z from 'zod'
import type { Principal } from '../../core/operation.ts'
import { RawReply } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { checkCapabilities, checkTemplate } from './check-template.ts'
import { parameterValues } from './parameters.ts'
import type { Stack } from './stacks.ts'
import type { Template } from './template.ts'
import { invalidTemplate, readTemplate } from './template.ts'

/** Where a request has its template. */
export const templateInput = { TemplateBody: z.string().optional(), TemplateURL: z.string().optional() }

/** What CreateStack, UpdateStack and CreateChangeSet share. */
export const submissionInput = {
  ...templateInput,
  UsePreviousTemplate: z.boolean().optional(),
  Parameters: z
    .array(
      z.strictObject({
        ParameterKey: z.string(),
        ParameterValue: z.string().optional(),
        UsePreviousValue: z.boolean().optional(),
      }),
    )
    .optional(),
  Capabilities: z.array(z.enum(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'])).optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  NotificationARNs: z.array(z.string()).max(0, 'notifications are not supported').optional(),
  ClientRequestToken: z.string().optional(),
  DisableRollback: z.boolean().optional(),
}

type TemplateInput = z.infer<z.ZodObject<typeof templateInput>>
type SubmissionInput = z.infer<z.ZodObject<typeof submissionInput>>

/** The path of the URL says bucket and key; its host is that of the real S3, whatever endpoint is in use. */
const fetched = async (url: string, platform: Platform, principal: Principal): Promise<string> => {
  const [, Bucket, Key] = /^\/([^/]+)\/(.+)$/.exec(new URL(url).pathname) ?? []
  if (Bucket === undefined || Key === undefined)
    throw invalidTemplate(`S3 error: TemplateURL must reference a valid S3 object`)
  const reply = await platform.call('s3', 'GetObject', { Bucket, Key: decodeURIComponent(Key) }, principal)
  if (!(reply instanceof RawReply)) throw new TypeError('GetObject gave no body')
  const { body } = reply
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : text(body)
}

export const templateText = async (input: TemplateInput, platform: Platform, principal: Principal): Promise<string> => {
  if (input.TemplateBody !== undefined) return input.TemplateBody
  if (input.TemplateURL !== undefined) return fetched(input.TemplateURL, platform, principal)
  throw invalidTemplate('Either Template URL or Template Body must be specified.')
}

/** A checked template with the values of its parameters. */
export interface Submission {
  readonly body: string
  readonly template: Template
  readonly parameters: Readonly<Record<string, string>>
}

export const submission = async (
  input: SubmissionInput,
  before: Stack | undefined,
  platform: Platform,
  principal: Principal,
): Promise<Submission> => {
  const body = input.UsePreviousTemplate && before ? before.template : await templateText(input, platform, principal)
  const template = readTemplate(body)
  checkTemplate(template)
  checkCapabilities(template, input.Capabilities ?? [])
  return { body, template, parameters: parameterValues(template, input.Parameters ?? [], before?.parameters ?? {}) }
}
