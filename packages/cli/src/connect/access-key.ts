import * as z from 'zod'
import { CommandFailed, exitCodes } from '../command-failed.ts'

const created = z.object({
  AccessKey: z.object({ AccessKeyId: z.string().min(16), SecretAccessKey: z.string().min(1) }),
})

/** As Hopsworks names the parts of an AWS access key. */
export interface AccessKey {
  readonly accessKey: string
  readonly secretKey: string
}

/** An access key as `aws iam create-access-key` prints it. No part of the text gets into the error. */
export function parseAccessKey(text: string): AccessKey {
  const parsed = created.safeParse(jsonOf(text))
  if (!parsed.success) {
    const advice = 'Put into it what `aws iam create-access-key` prints.'
    throw new CommandFailed('--snapshot-key-file holds no access key', advice, exitCodes.usage)
  }
  const { AccessKeyId, SecretAccessKey } = parsed.data.AccessKey
  return { accessKey: AccessKeyId, secretKey: SecretAccessKey }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
