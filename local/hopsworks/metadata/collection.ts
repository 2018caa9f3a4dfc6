import type { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'

const row = z.object({ id: z.int(), name: z.string(), version: z.int(), body: z.string() })

export interface Identity {
  readonly id: number
  readonly name: string
  readonly version: number
}

/** Documents of one kind, found by id or by name and version, kept in SQLite and, once read, in memory. */
export class Collection<T extends Identity> {
  readonly #store: DatabaseSync
  readonly #kind: string
  readonly #schema: z.ZodType<T>
  readonly #read = new Map<number, T>()
  readonly #listeners: (() => void)[] = []

  constructor(store: DatabaseSync, kind: string, schema: z.ZodType<T>) {
    this.#store = store
    this.#kind = kind
    this.#schema = schema
  }

  /** Calls back whenever a document changed or went. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Stores what `build` makes of the new identity. Without a version it gets the one after the newest. */
  insert(name: string, version: number | null, build: (identity: Identity) => T): T {
    const chosen = version ?? 1 + Math.max(0, ...this.named(name).map((document) => document.version))
    const insert = this.#store.prepare('INSERT INTO documents (kind, name, version, body) VALUES (?, ?, ?, ?)')
    const id = Number(insert.run(this.#kind, name, chosen, '{}').lastInsertRowid)
    const document = build({ id, name, version: chosen })
    this.replace(document)
    return document
  }

  replace(document: T): void {
    const update = this.#store.prepare('UPDATE documents SET body = ? WHERE id = ? AND kind = ?')
    update.run(JSON.stringify(document), document.id, this.#kind)
    this.#read.set(document.id, document)
    this.#changed()
  }

  remove(id: number): void {
    this.#store.prepare('DELETE FROM documents WHERE id = ? AND kind = ?').run(id, this.#kind)
    this.#read.delete(id)
    this.#changed()
  }

  get(id: number): T | undefined {
    return this.#read.get(id) ?? this.#where('id = ?', [id])[0]
  }

  find(name: string, version: number): T | undefined {
    return this.#where('name = ? AND version = ?', [name, version])[0]
  }

  named(name: string): T[] {
    return this.#where('name = ?', [name])
  }

  all(): T[] {
    return this.#where('true', [])
  }

  #where(condition: string, values: (string | number)[]): T[] {
    const select = this.#store.prepare(
      `SELECT id, name, version, body FROM documents WHERE kind = ? AND ${condition} ORDER BY version, id`,
    )
    return select.all(this.#kind, ...values).map((found) => {
      const { id, body } = row.parse(found)
      const known = this.#read.get(id) ?? this.#schema.parse(JSON.parse(body))
      this.#read.set(id, known)
      return known
    })
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
