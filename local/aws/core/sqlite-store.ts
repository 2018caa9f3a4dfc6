import { DatabaseSync } from 'node:sqlite'
import type { Store, Table } from './store.ts'

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS documents (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
`

const afterEveryKey = '\u{10ffff}'

/** What `put` of the same table wrote; its type is the table's. */
const stored = (row: Record<string, unknown>) => JSON.parse(String(row['value']))

/** The store in one SQLite file. A write survives the death of this process; a power cut may lose the last ones. */
export const openStore = (file: string): Store => {
  const database = new DatabaseSync(file)
  database.exec(schema)
  const get = database.prepare('SELECT value FROM documents WHERE kind = ? AND key = ?')
  const put = database.prepare('INSERT OR REPLACE INTO documents VALUES (?, ?, ?)')
  const remove = database.prepare('DELETE FROM documents WHERE kind = ? AND key = ?')
  const list = database.prepare(
    'SELECT key, value FROM documents WHERE kind = ? AND key >= ? AND key < ? AND key > ? ORDER BY key LIMIT ?',
  )
  const versions = new Map<string, number>()
  let rollbacks = 0
  const changed = (kind: string) => void versions.set(kind, (versions.get(kind) ?? 0) + 1)
  let depth = 0
  return {
    table: <T>(kind: string): Table<T> => ({
      get: (key) => {
        const row = get.get(kind, key)
        return row && stored(row)
      },
      put: (key, value) => {
        put.run(kind, key, JSON.stringify(value))
        changed(kind)
      },
      delete: (key) => {
        changed(kind)
        return remove.run(kind, key).changes > 0
      },
      list: ({ prefix = '', after = '', limit = -1 } = {}) =>
        list.all(kind, prefix, prefix + afterEveryKey, after, limit).map((row) => ({
          key: String(row['key']),
          value: stored(row),
        })),
    }),
    version: (kind) => (versions.get(kind) ?? 0) + rollbacks,
    transaction: (work) => {
      const savepoint = `t${depth++}`
      database.exec(`SAVEPOINT ${savepoint}`)
      try {
        const result = work()
        database.exec(`RELEASE ${savepoint}`)
        return result
      } catch (error) {
        rollbacks++
        database.exec(`ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`)
        throw error
      } finally {
        depth--
      }
    },
    close: () => database.close(),
  }
}
