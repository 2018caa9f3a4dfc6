/** Kafka's own numbers. */
export const errorCode = {
  none: 0,
  offsetOutOfRange: 1,
  corruptMessage: 2,
  unknownTopicOrPartition: 3,
  messageTooLarge: 10,
  topicAuthorizationFailed: 29,
  unsupportedVersion: 35,
  invalidRequest: 42,
  outOfOrderSequenceNumber: 45,
  unsupportedForMessageFormat: 43,
  unsupportedCompressionType: 76,
  invalidRecord: 87,
} as const
