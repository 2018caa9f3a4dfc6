import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { FunctionConfiguration } from './functions.ts'

export const reservedVariables =
  /^(?:_HANDLER|_X_AMZN_TRACE_ID|AWS_(?:REGION|DEFAULT_REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|LAMBDA_.*)|LAMBDA_(?:TASK_ROOT|RUNTIME_DIR))$/

/** The members that CreateFunction and UpdateFunctionConfiguration share. */
export const configurationInput = {
  Role: z
    .string()
    .regex(/^arn:aws:iam::\d{12}:role\/.+$/)
    .optional(),
  Handler: z.string().max(128).optional(),
  Description: z.string().max(256).optional(),
  Timeout: z.int().min(1).max(900).optional(),
  MemorySize: z.int().min(128).max(10_240).optional(),
  Runtime: z.enum(['nodejs20.x', 'nodejs22.x', 'nodejs24.x']).optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).optional() }).optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string().optional() }).optional(),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']).optional() }).optional(),
  VpcConfig: z
    .strictObject({
      SubnetIds: z.array(z.string()).max(16).optional(),
      SecurityGroupIds: z.array(z.string()).max(5).optional(),
      Ipv6AllowedForDualStack: z.boolean().optional(),
    })
    .optional(),
  KMSKeyArn: z.string().optional(),
  Layers: z.array(z.string()).max(0, 'layers are not supported').optional(),
  EphemeralStorage: z.strictObject({ Size: z.int().min(512).max(10_240) }).optional(),
  LoggingConfig: z
    .strictObject({ LogFormat: z.literal('Text').optional(), LogGroup: z.string().optional() })
    .optional(),
}

export type ConfigurationInput = z.infer<z.ZodObject<typeof configurationInput>>

type Configured = Pick<
  FunctionConfiguration,
  | 'Role'
  | 'Handler'
  | 'Description'
  | 'Timeout'
  | 'MemorySize'
  | 'Runtime'
  | 'Environment'
  | 'DeadLetterConfig'
  | 'TracingConfig'
  | 'VpcConfig'
  | 'KMSKeyArn'
  | 'EphemeralStorage'
  | 'LoggingConfig'
>

const maxEnvironmentBytes = 4096

const environmentOf = (variables: Readonly<Record<string, string>>) => {
  const reserved = Object.keys(variables).filter((name) => reservedVariables.test(name))
  if (reserved.length > 0) {
    throw new AwsError(
      'InvalidParameterValueException',
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
      { Type: 'User' },
    )
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > maxEnvironmentBytes) {
    throw new AwsError(
      'InvalidParameterValueException',
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.`,
      { Type: 'User' },
    )
  }
  return { Variables: variables }
}

/** Subnets are not networks here: a sandbox reaches what this machine reaches. */
const vpcConfig = ({
  SubnetIds = [],
  SecurityGroupIds = [],
  Ipv6AllowedForDualStack = false,
}: NonNullable<ConfigurationInput['VpcConfig']>) => ({
  SubnetIds,
  SecurityGroupIds,
  Ipv6AllowedForDualStack,
})

/** Lays what a request names over what was there. */
export const configured = <C extends Configured>(before: C, input: ConfigurationInput): C => ({
  ...before,
  ...(input.Role !== undefined && { Role: input.Role }),
  ...(input.Handler !== undefined && { Handler: input.Handler }),
  ...(input.Description !== undefined && { Description: input.Description }),
  ...(input.Timeout !== undefined && { Timeout: input.Timeout }),
  ...(input.MemorySize !== undefined && { MemorySize: input.MemorySize }),
  ...(input.Runtime !== undefined && { Runtime: input.Runtime }),
  ...(input.Environment && { Environment: environmentOf(input.Environment.Variables ?? {}) }),
  ...(input.DeadLetterConfig?.TargetArn !== undefined && {
    DeadLetterConfig:
      input.DeadLetterConfig.TargetArn === '' ? undefined : { TargetArn: input.DeadLetterConfig.TargetArn },
  }),
  ...(input.TracingConfig?.Mode !== undefined && { TracingConfig: { Mode: input.TracingConfig.Mode } }),
  ...(input.KMSKeyArn !== undefined && { KMSKeyArn: input.KMSKeyArn }),
  ...(input.VpcConfig && { VpcConfig: vpcConfig(input.VpcConfig) }),
  ...(input.EphemeralStorage && { EphemeralStorage: input.EphemeralStorage }),
  ...(input.LoggingConfig && {
    LoggingConfig: { LogFormat: 'Text', LogGroup: input.LoggingConfig.LogGroup ?? before.LoggingConfig.LogGroup },
  }),
})
