import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPlatform } from './create-platform.ts'
import type { PlatformOptions, RunningPlatform } from './create-platform.ts'
import type { Platform } from './platform.ts'
import { rolesOf } from './policy/role-record.ts'

/** A platform in a folder of its own, the settings that point an SDK client at it, and its end. */
export const temporaryPlatform = async (options: Omit<PlatformOptions, 'stateDir'> & { stateDir?: string }) => {
  const stateDir = options.stateDir ?? (await mkdtemp(join(tmpdir(), 'hopline-aws-')))
  const running: RunningPlatform = await createPlatform({
    onLog: (line) => {
      if (line['error'] !== undefined) process.stderr.write(`${JSON.stringify(line)}\n`)
    },
    ...options,
    stateDir,
  })
  const { platform, accessKeyId, secretAccessKey } = running
  return {
    ...running,
    stateDir,
    client: { endpoint: platform.url, region: platform.region, credentials: { accessKeyId, secretAccessKey } },
    /** Closes the platform and removes its folder. */
    end: async () => {
      await running.close()
      await rm(stateDir, { recursive: true, force: true })
    },
  }
}

const policy = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })

/** Makes a role that services may take on and that may do everything; returns its ARN. */
export const capableRole = ({ store, account }: Platform, RoleName: string, ...services: string[]): string => {
  const Arn = `arn:aws:iam::${account}:role/${RoleName}`
  rolesOf(store).put(RoleName, {
    RoleName,
    RoleId: 'AROATEST',
    Arn,
    Path: '/',
    created: 0,
    trust: policy({ Principal: { Service: services }, Action: 'sts:AssumeRole' }),
    MaxSessionDuration: 3600,
    Tags: [],
    inline: { everything: policy({ Action: '*', Resource: '*' }) },
    attached: [],
  })
  return Arn
}
