import type { ProducerIdentity } from './kafka/init-producer-id.ts'
import { Session } from './session.ts'

/** The session that batches are written in; another one where the brokers have lost track of it. */
export class Sessions {
  readonly #identify: () => Promise<ProducerIdentity>
  #current: Session
  #renewing: Promise<Session> | undefined

  constructor(current: Session, identify: () => Promise<ProducerIdentity>) {
    this.#current = current
    this.#identify = identify
  }

  get current(): Session {
    return this.#current
  }

  /** The session that follows a lost one: the same for all partitions that lost it. */
  renew(lost: Session): Promise<Session> {
    if (lost !== this.#current) return Promise.resolve(this.#current)
    this.#renewing ??= this.#begin().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  async #begin(): Promise<Session> {
    this.#current = new Session(await this.#identify())
    return this.#current
  }
}
