import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { parseYaml } from './parse-yaml.ts'

export const invalidTemplate = (message: string): AwsError => new AwsError('ValidationError', message)

const policy = z.enum(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'])

const resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).optional(),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  Condition: z.string().optional(),
  DeletionPolicy: policy.optional(),
  UpdateReplacePolicy: policy.optional(),
  Metadata: z.unknown().optional(),
})

const parameter = z.strictObject({
  Type: z
    .string()
    .regex(/^(?:String|Number|CommaDelimitedList|List<(?:String|Number)>|(?:List<)?AWS::EC2::\w+::Id>?)$/),
  Default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  AllowedValues: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  AllowedPattern: z.string().optional(),
  MinLength: z.coerce.number().optional(),
  MaxLength: z.coerce.number().optional(),
  MinValue: z.coerce.number().optional(),
  MaxValue: z.coerce.number().optional(),
  Description: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  NoEcho: z.union([z.boolean(), z.string()]).optional(),
})

const output = z.strictObject({
  Value: z.unknown(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
  Export: z.strictObject({ Name: z.unknown() }).optional(),
})

const template = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').optional(),
  Description: z.string().optional(),
  Metadata: z.unknown().optional(),
  Parameters: z.record(z.string(), parameter).optional(),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).optional(),
  Conditions: z.record(z.string(), z.unknown()).optional(),
  Resources: z.record(z.string().regex(/^[A-Za-z0-9]{1,255}$/), resource),
  Outputs: z.record(z.string(), output).optional(),
})

export type Template = z.infer<typeof template>
export type TemplateResource = z.infer<typeof resource>
export type TemplateParameter = z.infer<typeof parameter>

const parsed = (text: string): unknown => {
  try {
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parseYaml(text)
  } catch (error) {
    throw invalidTemplate(`Template format error: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Reads a template, JSON or YAML. Throws ValidationError that names what is not understood. */
export const readTemplate = (text: string): Template => {
  const { success, data, error } = template.safeParse(parsed(text))
  if (!success) {
    const problems = error.issues.map(({ path, message }) => `[/${path.join('/')}] ${message}`)
    throw invalidTemplate(`Template format error: ${problems.join('; ')}`)
  }
  if (Object.keys(data.Resources).length === 0) {
    throw invalidTemplate('Template format error: At least one Resources member must be defined.')
  }
  return data
}
