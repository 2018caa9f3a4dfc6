import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PartitionLog } from './partition-log.ts'

export const partitions = 4

/** The topics of the project, each with its partitions. */
export class Topics {
  readonly #topics = new Map<string, PartitionLog[]>()
  readonly #listeners: ((topic: string) => void)[] = []

  constructor(folder: string, names: readonly string[]) {
    for (const name of names) {
      const place = join(folder, name)
      mkdirSync(place, { recursive: true })
      const logs = Array.from({ length: partitions }, (_, index) => new PartitionLog(join(place, `${index}.log`)))
      this.#topics.set(name, logs)
    }
  }

  get names(): string[] {
    return [...this.#topics.keys()]
  }

  has(topic: string): boolean {
    return this.#topics.has(topic)
  }

  partition(topic: string, index: number): PartitionLog | undefined {
    return this.#topics.get(topic)?.[index]
  }

  logs(topic: string): readonly PartitionLog[] {
    return this.#topics.get(topic) ?? []
  }

  /** Calls back after every append. */
  onAppend(listener: (topic: string) => void): void {
    this.#listeners.push(listener)
  }

  appended(topic: string): void {
    for (const listener of this.#listeners) listener(topic)
  }

  close(): void {
    for (const logs of this.#topics.values()) for (const log of logs) log.close()
  }
}
