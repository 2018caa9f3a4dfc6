import { HopsworksBadRow } from '../errors.ts'
import { ByteSink } from './avro/byte-sink.ts'
import type { EncodeRow } from './avro/row-encoder.ts'
import { capacityFor } from './kafka/record-batch.ts'
import type { Values } from '../value.ts'

/** A row that cannot be written. */
export interface RefusedRow {
  /** Where it stood among the rows that were given, from 0. */
  readonly index: number
  /** `code` is SCHEMA, KEY or TOO_LARGE. */
  readonly error: HopsworksBadRow
}

export type Refuse = (refused: RefusedRow) => void

/** Without anyone to take it a bad row fails the write. */
export const failOnRefusal: Refuse = ({ error }) => {
  throw error
}

export const tooLarge = (bytes: number): HopsworksBadRow =>
  new HopsworksBadRow(`A row makes a Kafka message of ${bytes} bytes, more than its broker takes`, {
    code: 'TOO_LARGE',
  })

export interface Taken {
  readonly key: string
  /** Valid until the next row is taken. */
  readonly value: Buffer
  readonly valueBytes: number
}

export interface IntakeSettings {
  readonly encode: EncodeRow
  readonly keyOf: (row: Values) => string
  readonly maxRecordBytes: number
  readonly refuse: Refuse
}

/** Makes rows into messages, each in the memory of the one before, and refuses those that are none. */
export class RowIntake {
  readonly #settings: IntakeSettings
  readonly #sink = new ByteSink()

  constructor(settings: IntakeSettings) {
    this.#settings = settings
  }

  /** Undefined where the row was refused. */
  take(row: Values, headers: Buffer, index: number): Taken | undefined {
    const { encode, keyOf, maxRecordBytes, refuse } = this.#settings
    const sink = this.#sink
    try {
      sink.at = 0
      encode(row, sink)
      const key = keyOf(row)
      const bytes = capacityFor(key, sink.at, headers)
      if (bytes > maxRecordBytes) throw tooLarge(bytes)
      return { key, value: sink.buffer, valueBytes: sink.at }
    } catch (error) {
      if (!(error instanceof HopsworksBadRow)) throw error
      refuse({ index, error })
      return undefined
    }
  }
}
