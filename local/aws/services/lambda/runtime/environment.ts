import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import { taskRoot } from '../code.ts'
import type { FunctionConfiguration } from '../functions.ts'

/** What a sandbox's process sees: the template's variables, Lambda's own, and a role's session; nothing of this machine's. */
export const sandboxEnvironment = (
  platform: Platform,
  fn: FunctionConfiguration,
  { id, logStream }: { id: string; logStream: string },
): Record<string, string> => {
  const folder = join(platform.stateDir, 'lambda', 'tmp', id)
  mkdirSync(folder, { recursive: true })
  const credentials = platform.credentialsFor(fn.Role, fn.FunctionName)
  return {
    AWS_ENDPOINT_URL: platform.url,
    ...fn.Environment?.Variables,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    HOME: folder,
    TMPDIR: folder,
    _HANDLER: fn.Handler,
    LAMBDA_TASK_ROOT: taskRoot(platform, fn.CodeSha256),
    LAMBDA_RUNTIME_DIR: import.meta.dirname,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.Runtime}`,
    AWS_REGION: platform.region,
    AWS_DEFAULT_REGION: platform.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_LAMBDA_FUNCTION_NAME: fn.FunctionName,
    AWS_LAMBDA_FUNCTION_VERSION: fn.Version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: fn.LoggingConfig.LogFormat,
    AWS_LAMBDA_LOG_GROUP_NAME: fn.LoggingConfig.LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
  }
}
