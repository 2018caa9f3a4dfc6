import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const schema = `
  CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
    UNIQUE (kind, name, version));
  INSERT INTO sqlite_sequence (name, seq) SELECT 'documents', 1000
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'documents');
  CREATE TABLE IF NOT EXISTS online_ingestions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, feature_group INTEGER NOT NULL, entries INTEGER);
  CREATE TABLE IF NOT EXISTS online_ingestion_rows (
    ingestion INTEGER NOT NULL, status TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (ingestion, status));
  CREATE TABLE IF NOT EXISTS online_failures (
    ingestion INTEGER NOT NULL, featureGroup INTEGER NOT NULL, type TEXT NOT NULL, reason TEXT NOT NULL, topic TEXT NOT NULL,
    partition INTEGER NOT NULL, "offset" INTEGER NOT NULL, PRIMARY KEY (ingestion, partition, "offset"));
  CREATE TABLE IF NOT EXISTS kafka_offsets (
    topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (topic, partition));
`

/** Metadata and the online store in one SQLite file, so that a row, its count and its offset are one transaction. */
export const openStore = (file: string): DatabaseSync => {
  mkdirSync(dirname(file), { recursive: true })
  const store = new DatabaseSync(file)
  try {
    // The lock stays for as long as the process: two on one state would mix their logs.
    store.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    store.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`)
  } catch (error) {
    store.close()
    const busy = error instanceof Error && error.message.includes('locked')
    throw busy ? new Error(`${dirname(file)} is in use by another local Hopsworks`, { cause: error }) : error
  }
  return store
}

/** Runs `work` in one transaction: all of it is kept, or nothing. */
export const transaction = <T>(store: DatabaseSync, work: () => T): T => {
  store.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    store.exec('COMMIT')
    return result
  } catch (error) {
    store.exec('ROLLBACK')
    throw error
  }
}
