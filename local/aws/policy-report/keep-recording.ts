import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { recordingsIn } from './policy-report.ts'

/** Keeps what a platform in `state` has recorded so far beside the state of another one, under a name. */
export const keepRecording = (state: string, beside: string, name: string): void => {
  const folder = recordingsIn(beside)
  const file = join(folder, `${name}.sqlite`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  rmSync(file, { force: true })
  const database = new DatabaseSync(join(state, 'aws', 'state.sqlite'))
  database.prepare('VACUUM INTO ?').run(file)
  database.close()
}
