import type { Platform } from '../../core/platform.ts'
import { functionArn } from './function-name.ts'
import type { FunctionConfiguration } from './functions.ts'
import { existingSettings, settingsTable, versionsOf, versionsTable } from './functions.ts'

const whatCounts = ({ CodeSha256, Role, Handler, Runtime, Timeout, MemorySize, Environment }: FunctionConfiguration) =>
  JSON.stringify([CodeSha256, Role, Handler, Runtime, Timeout, MemorySize, Environment])

/** Freezes `$LATEST` as the next version; nothing changed since the last one means that one again. */
export const publishVersion = (
  platform: Platform,
  latest: FunctionConfiguration,
  description: string | undefined,
): FunctionConfiguration => {
  const { FunctionName: name } = latest
  const newest = versionsOf(platform, name).at(-1)
  if (newest && newest.Version !== '$LATEST' && whatCounts(newest) === whatCounts(latest)) return newest
  const settings = existingSettings(platform, { name, qualifier: '$LATEST' })
  const Version = String(settings.nextVersion)
  const published: FunctionConfiguration = {
    ...latest,
    Version,
    FunctionArn: functionArn(platform, name, Version),
    ...(description !== undefined && { Description: description }),
  }
  platform.store.transaction(() => {
    settingsTable(platform).put(name, { ...settings, nextVersion: settings.nextVersion + 1 })
    versionsTable(platform).put(`${name}:${Version}`, published)
  })
  return published
}
