import { HopsworksKafkaError } from '../../errors.ts'

/** Error codes that a producer meets (https://kafka.apache.org/protocol#protocol_error_codes). */
const names: Readonly<Record<number, string>> = {
  2: 'CORRUPT_MESSAGE',
  3: 'UNKNOWN_TOPIC_OR_PARTITION',
  5: 'LEADER_NOT_AVAILABLE',
  6: 'NOT_LEADER_OR_FOLLOWER',
  7: 'REQUEST_TIMED_OUT',
  8: 'BROKER_NOT_AVAILABLE',
  9: 'REPLICA_NOT_AVAILABLE',
  10: 'MESSAGE_TOO_LARGE',
  13: 'NETWORK_EXCEPTION',
  14: 'COORDINATOR_LOAD_IN_PROGRESS',
  15: 'COORDINATOR_NOT_AVAILABLE',
  17: 'INVALID_TOPIC_EXCEPTION',
  18: 'RECORD_LIST_TOO_LARGE',
  19: 'NOT_ENOUGH_REPLICAS',
  20: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  29: 'TOPIC_AUTHORIZATION_FAILED',
  31: 'CLUSTER_AUTHORIZATION_FAILED',
  33: 'UNSUPPORTED_SASL_MECHANISM',
  34: 'ILLEGAL_SASL_STATE',
  35: 'UNSUPPORTED_VERSION',
  45: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
  46: 'DUPLICATE_SEQUENCE_NUMBER',
  47: 'INVALID_PRODUCER_EPOCH',
  56: 'KAFKA_STORAGE_ERROR',
  58: 'SASL_AUTHENTICATION_FAILED',
  59: 'UNKNOWN_PRODUCER_ID',
  87: 'INVALID_RECORD',
  89: 'THROTTLING_QUOTA_EXCEEDED',
}

/** The broker has forgotten the producer, or how far it was: it goes on under a new identity. */
const sequenceLost: ReadonlySet<unknown> = new Set([45, 47, 59])
const tooLarge: ReadonlySet<unknown> = new Set([10, 18])
const retriable: ReadonlySet<unknown> = new Set([2, 3, 5, 6, 7, 8, 9, 13, 14, 15, 19, 20, 56, 89, ...sequenceLost])

export const isSequenceLost = (error: unknown): boolean =>
  error instanceof HopsworksKafkaError && sequenceLost.has(error.code)
export const isTooLarge = (error: unknown): boolean => error instanceof HopsworksKafkaError && tooLarge.has(error.code)
/** The batch is there already: an earlier acknowledgement was lost. */
export const isDuplicate = (error: unknown): boolean => error instanceof HopsworksKafkaError && error.code === 46

/** The error of a code that a broker sent. */
export function brokerError(doing: string, code: number): HopsworksKafkaError {
  return new HopsworksKafkaError(`${doing}: ${names[code] ?? 'error'} (${code})`, {
    code,
    retryable: retriable.has(code),
  })
}
