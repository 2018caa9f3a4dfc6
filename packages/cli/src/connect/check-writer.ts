import type { Hopsworks } from '@hopline/hopsworks/management'
import { CommandFailed, exitCodes } from '../command-failed.ts'
import { fromHopsworks } from '../failures.ts'

type Asked = Pick<Hopsworks, 'server' | 'kafkaConnector' | 'credentials'> & { jobs: Pick<Hopsworks['jobs'], 'list'> }

/**
 * Asks once for everything that the functions will need, so that a missing scope is told now and not by the first rows.
 * Returns the server's version. Throws CommandFailed.
 */
export async function checkWriter(hopsworks: Asked): Promise<string> {
  const { version, tracksOnlineIngestion } = await fromHopsworks('version', () => hopsworks.server())
  if (!tracksOnlineIngestion) {
    const advice = 'Upgrade the cluster: Hopline needs 4.2 or newer.'
    throw new CommandFailed(`Hopsworks ${version} does not say what became of rows`, advice, exitCodes.hopsworks)
  }
  await fromHopsworks('writer key, address of Kafka', () => hopsworks.kafkaConnector())
  await fromHopsworks('writer key, certificates for Kafka', () => hopsworks.credentials())
  await fromHopsworks('writer key, jobs', () => hopsworks.jobs.list().next())
  return version
}
