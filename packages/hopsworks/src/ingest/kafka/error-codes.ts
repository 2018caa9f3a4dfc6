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
  17: 'INVALID_TOPIC_EXCEPTION',
  18: 'RECORD_LIST_TOO_LARGE',
  19: 'NOT_ENOUGH_REPLICAS',
  20: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  29: 'TOPIC_AUTHORIZATION_FAILED',
  31: 'CLUSTER_AUTHORIZATION_FAILED',
  35: 'UNSUPPORTED_VERSION',
  56: 'KAFKA_STORAGE_ERROR',
  87: 'INVALID_RECORD',
  89: 'THROTTLING_QUOTA_EXCEEDED',
}

const retriable = new Set([2, 3, 5, 6, 7, 8, 9, 13, 19, 20, 56, 89])

/** The error of a code that a broker sent. */
export function brokerError(doing: string, code: number): HopsworksKafkaError {
  return new HopsworksKafkaError(`${doing}: ${names[code] ?? 'error'} (${code})`, {
    code,
    retryable: retriable.has(code),
  })
}
