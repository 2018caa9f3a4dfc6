import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordedCall } from '../core/policy/recorded-calls.ts'
import { openStore } from '../core/sqlite-store.ts'
import { readRecording } from './recording.ts'
import type { Recording } from './recording.ts'
import type { RoleStatement, TemplateRole } from './template-roles.ts'

/** A statement of a template's role, and a recorded call that would be refused without it. */
export interface StatementUse extends RoleStatement {
  readonly role: string
  readonly neededBy: RecordedCall | undefined
}

/** What recorded runs say of the roles of a deployed template. */
export interface PolicyReport {
  readonly statements: readonly StatementUse[]
  readonly refused: readonly RecordedCall[]
  /** Different calls, over all recordings. */
  readonly calls: number
  readonly recordings: number
}

/** Recordings of tests, kept beside the state of a platform. */
export const recordingsIn = (state: string): string => join(state, 'recordings')

const sameRole = ({ roles }: Recording, role: TemplateRole) =>
  roles.find(({ logicalId, written }) => logicalId === role.logicalId && written === role.written)

/**
 * Reads the recorded calls of a platform's state and of the recordings beside it. A recording counts for a role only
 * if its template had that role word for word. Throws where nothing is deployed.
 */
export const policyReport = (state: string): PolicyReport => {
  const files = [join(state, 'aws', 'state.sqlite'), ...globSync(join(recordingsIn(state), '*.sqlite'))]
  if (!existsSync(files[0] ?? '')) throw new Error(`${files[0]} is not there: run \`npm start\` first`)
  const stores = files.map(openStore)
  try {
    const recordings = stores.map(readRecording)
    const roles = recordings[0]?.roles ?? []
    if (roles.length === 0) throw new Error(`the state in ${state} has no deployed roles`)
    const over = <T>(role: TemplateRole, read: (recording: Recording, same: TemplateRole) => readonly T[]) =>
      recordings.flatMap((recording) => {
        const same = sameRole(recording, role)
        return same ? read(recording, same) : []
      })
    return {
      statements: roles.flatMap((role) =>
        role.statements.map((statement) => ({
          ...statement,
          role: role.logicalId,
          neededBy: over(role, (recording, same) => recording.refusedWithout(same, statement))[0],
        })),
      ),
      refused: roles.flatMap((role) => over(role, (recording, same) => recording.refused(same))),
      calls: recordings.reduce((sum, { calls }) => sum + calls, 0),
      recordings: recordings.length,
    }
  } finally {
    for (const store of stores) store.close()
  }
}
