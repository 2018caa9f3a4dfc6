import { HopsworksKafkaError } from '../../../errors.ts'
import type { Api } from '../api.ts'
import type { Connection } from '../connection.ts'
import { brokerError } from '../error-codes.ts'
import { WireReader, bytes, string } from '../wire.ts'
import { plainMessage } from './plain.ts'
import { scram } from './scram.ts'

/** How Kafka knows who we are, where it does not by certificate. */
export interface Sasl {
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
  readonly username: string
  readonly password: string
}

const saslHandshake: Api = { key: 17, version: 1, name: 'SaslHandshake' }
const saslAuthenticate: Api = { key: 36, version: 0, name: 'SaslAuthenticate' }

/** Authenticates a connection that has just been opened. */
export async function authenticate(connection: Connection, sasl: Sasl): Promise<void> {
  const reply = new WireReader(await connection.request(saslHandshake, [string(sasl.mechanism)]))
  const error = reply.int16()
  if (error !== 0) throw brokerError(`SASL ${sasl.mechanism}`, error)
  if (sasl.mechanism === 'PLAIN') {
    await exchange(connection, plainMessage(sasl.username, sasl.password))
    return
  }
  const conversation = scram(sasl.mechanism === 'SCRAM-SHA-256' ? 'sha256' : 'sha512', sasl)
  const serverFirst = await exchange(connection, conversation.first)
  const answer = await conversation.answer(serverFirst).catch((cause: Error) => {
    throw refused(cause.message)
  })
  if (!answer.verify(await exchange(connection, answer.final))) throw refused('the broker does not know the password')
}

async function exchange(connection: Connection, message: Buffer): Promise<string> {
  const reply = new WireReader(await connection.request(saslAuthenticate, [bytes(message)]))
  const error = reply.int16()
  const said = reply.string()
  if (error !== 0) throw brokerError(`SASL${said && `, ${said}`}`, error)
  return reply.bytes().toString()
}

const refused = (why: string) => new HopsworksKafkaError(`SASL: ${why}`, { code: 58, retryable: false })
