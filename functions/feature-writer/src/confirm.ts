import type { Hopsworks } from '@hopline/hopsworks/management'
import type { Confirmation, Ingestion } from '@hopline/workflow'

/** What `confirm` needs of Hopsworks. */
export type OnlineIngestions = Pick<Hopsworks['onlineIngestions'], 'get'>

/** Whether the online store has dealt with the rows of all writes. A write that Hopsworks has pruned is long done. */
export const confirm = async (ingestions: readonly Ingestion[], online: OnlineIngestions): Promise<Confirmation> => {
  const states = await Promise.all(
    ingestions.map(async ({ featureGroupId, id, rows }) => {
      const found = await online.get(featureGroupId, id)
      return { id, rows, done: found?.done ?? rows, failed: found?.failed ?? 0 }
    }),
  )
  const failed = states.filter(({ failed }) => failed > 0)
  if (failed.length > 0) {
    const cause = failed.map(({ id, failed, rows }) => `${failed} of ${rows} rows of ingestion ${id}`).join(', ')
    return { state: 'failed', cause: `the online store could not write ${cause}` }
  }
  return { state: states.every(({ done, rows }) => done >= rows) ? 'applied' : 'pending' }
}
