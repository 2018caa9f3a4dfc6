import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPlatform } from './create-platform.ts'
import type { PlatformOptions, RunningPlatform } from './create-platform.ts'

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
