import { HopsworksMismatch } from '@hopline/hopsworks/errors'
import type { Ledger, RefusedRow } from '@hopline/hopsworks/ingest'
import type { GroupDefinition, Values } from '@hopline/pipeline'
import type { Ingestion } from '@hopline/workflow'
import type { Sink } from '../sink.ts'
import type { Ledgers } from './ledgers.ts'

/** A row that a group cannot hold; `index` is its place among those that were to be written. */
export type Refusal = RefusedRow & { readonly values: Values }

/** The writes of a publish, and what they come to. */
export const groupWrites = (sink: Sink, ledgers: Ledgers) => {
  const rows = new Map<string, number>()
  const ingestions: Ingestion[] = []

  const send = async (definition: GroupDefinition, values: Iterable<Values>, ledger?: Ledger) => {
    const refused = new Map<number, RefusedRow>()
    const refuse = (row: RefusedRow) => {
      if (row.error.code === 'SCHEMA') throw row.error // our definition is wrong, not the row
      refused.set(row.index, row)
    }
    return { ...(await sink.write(definition, values, { ...(ledger && { ledger }), refuse })), refused }
  }

  return {
    rows,
    ingestions,
    /** @param values called again for what a refused row was */
    write: async (definition: GroupDefinition, values: () => Iterable<Values>): Promise<Refusal[]> => {
      const { name } = definition
      const written = await send(definition, values(), ledgers.of(name)).catch((error: unknown) => {
        if (!areOtherRows(error)) throw error
        return send(definition, values()) // other code made the rows of the try before
      })
      rows.set(name, (rows.get(name) ?? 0) + written.rows)
      if (written.ingestion !== null) ingestions.push(written.ingestion)
      return written.refused.size === 0 ? [] : [...withValues(written.refused, values())]
    },
  }
}

const areOtherRows = (error: unknown) => error instanceof HopsworksMismatch && error.code === 'LEDGER'

function* withValues(refused: ReadonlyMap<number, RefusedRow>, rows: Iterable<Values>): Generator<Refusal> {
  let index = 0
  for (const values of rows) {
    const row = refused.get(index)
    if (row !== undefined) yield { ...row, values }
    index += 1
  }
}
