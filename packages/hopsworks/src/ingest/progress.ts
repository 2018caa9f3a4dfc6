import { crc32 } from 'node:zlib'
import { HopsworksMismatch } from '../errors.ts'
import type { Ledger, LedgerEntry } from './ledger.ts'

interface Lane {
  /** Acknowledged by an earlier run, and the digest of it. */
  readonly known: number
  readonly knownDigest: number
  seen: number
  /** Of all messages that were seen. */
  digest: number
  acknowledged: LedgerEntry['partitions'][number]
}

/** Follows a write by its ledger: recognises what an earlier run has written, and saves what this one has. */
export class Progress {
  readonly #ledger: Ledger
  readonly #featureGroupId: number
  readonly #lanes: readonly Lane[]
  readonly #refused: Set<number>
  #ingestion: LedgerEntry['ingestion']
  #saving: Promise<void> | undefined
  #changed = false

  private constructor(ledger: Ledger, usable: LedgerEntry | null, featureGroupId: number, partitions: number) {
    this.#ledger = ledger
    this.#featureGroupId = featureGroupId
    this.#ingestion = usable?.ingestion ?? null
    this.#refused = new Set(usable?.refused)
    this.#lanes = Array.from({ length: partitions }, (_, partition) => {
      const acknowledged = usable?.partitions[partition] ?? { messages: 0, digest: 0 }
      const { messages: known, digest: knownDigest } = acknowledged
      return { known, knownDigest, seen: 0, digest: 0, acknowledged }
    })
  }

  static async open(ledger: Ledger, featureGroupId: number, partitions: number): Promise<Progress> {
    const entry = await ledger.read()
    // keys have moved when the topic has grown
    const usable = entry?.featureGroupId === featureGroupId && entry.partitions.length === partitions
    return new Progress(ledger, usable ? entry : null, featureGroupId, partitions)
  }

  get ingestion(): LedgerEntry['ingestion'] {
    return this.#ingestion
  }

  announce(ingestion: { readonly id: number; readonly rows: number }): void {
    this.#ingestion = ingestion
    this.#save()
  }

  /**
   * Takes the next message of a partition: whether an earlier run has written it.
   * @throws HopsworksMismatch where the messages differ from those of the earlier run
   */
  isKnown(partition: number, key: string, value: Buffer, valueBytes: number): boolean {
    const lane = this.#lanes[partition]!
    lane.digest = crc32(value.subarray(0, valueBytes), crc32(key, lane.digest))
    lane.seen += 1
    if (lane.seen === lane.known && lane.digest !== lane.knownDigest) throw differs()
    return lane.seen <= lane.known
  }

  wasRefused(place: number): boolean {
    return this.#refused.has(place)
  }

  /** Before the batch that it was in is acknowledged without it. */
  refuse(place: number): void {
    this.#refused.add(place)
  }

  /** Where a partition is now; hand it back when the messages up to here are acknowledged. */
  mark(partition: number): LedgerEntry['partitions'][number] {
    const { seen: messages, digest } = this.#lanes[partition]!
    return { messages, digest }
  }

  acknowledged(partition: number, mark: LedgerEntry['partitions'][number]): void {
    this.#lanes[partition]!.acknowledged = mark
    this.#save()
  }

  /** Resolves when the last state is saved. */
  async settled(): Promise<void> {
    while (this.#saving) await this.#saving
    if (this.#lanes.some(({ seen, known }) => seen < known)) throw differs()
  }

  #save(): void {
    this.#changed = true
    this.#saving ??= this.#saveUntilUnchanged()
    this.#saving.catch(() => undefined) // thrown where it is settled
  }

  async #saveUntilUnchanged(): Promise<void> {
    while (this.#changed) {
      this.#changed = false
      await this.#ledger.save({
        featureGroupId: this.#featureGroupId,
        partitions: this.#lanes.map(({ acknowledged }) => acknowledged),
        refused: [...this.#refused],
        ingestion: this.#ingestion,
      })
    }
    this.#saving = undefined
  }
}

const differs = () =>
  new HopsworksMismatch('The rows are not those that the ledger is about: write them without it, or with a new one', {
    code: 'LEDGER',
  })
