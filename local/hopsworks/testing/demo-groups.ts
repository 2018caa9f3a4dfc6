import avsc from 'avsc'
import type { Producer } from 'kafkajs'
import kafkajs from 'kafkajs'
import type { Hopsworks } from './start-process.ts'

export const F = 'project/119/featurestores/67'

const feature = (name: string, type: string, primary = false) => ({ name, type, primary })

export const flights = {
  name: 'flights',
  version: 1,
  type: 'streamFeatureGroupDTO',
  onlineEnabled: false,
  timeTravelFormat: 'HUDI',
  eventTime: 'left_at',
  features: [
    feature('origin', 'string', true),
    feature('left_at', 'timestamp', true),
    feature('distance', 'int'),
    feature('late', 'boolean'),
  ],
}

export const airport = {
  name: 'airport',
  version: 1,
  type: 'streamFeatureGroupDTO',
  onlineEnabled: true,
  timeTravelFormat: 'HUDI',
  eventTime: 'tile_end',
  features: [
    { ...feature('origin', 'string', true), onlineType: 'varchar(3)' },
    feature('tile_end', 'timestamp'),
    feature('flights_3h', 'bigint'),
    feature('delay_3h', 'double'),
  ],
}

const long = avsc.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(value)
    return bytes
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => Number(a - b),
})

/** Longs are bigints, timestamps too. */
const typeHook = (schema: unknown) => {
  const name = typeof schema === 'object' && schema !== null && 'type' in schema ? schema.type : schema
  return name === 'long' ? long : undefined
}

/** Encodes rows by the schema of the group's subject, with a library that the server does not use. */
export const rowEncoder = async (hopsworks: Hopsworks, group: { id: number; name: string }) => {
  const { body } = await hopsworks.rest('GET', `${F}/kafka/subjects/${group.name}_1/versions/latest`)
  const type = avsc.Type.forSchema(JSON.parse(body.schema), { typeHook, wrapUnions: false })
  return (row: Record<string, unknown>, headers: Record<string, string> = {}) => ({
    key: Object.values(row).join(''),
    value: type.toBuffer(row),
    headers: { projectId: '119', featureGroupId: String(group.id), subjectId: String(body.id), ...headers },
  })
}

/** A kafkajs producer, with the project user's certificate where Kafka asks for one. */
export const openProducer = async (
  hopsworks: Hopsworks,
  options: { key?: string; idempotent?: boolean } = {},
): Promise<Producer> => {
  const { body } = await hopsworks.rest('GET', 'project/119/credentials', undefined, options.key)
  const connector = await hopsworks.rest('GET', `${F}/storageconnectors/kafka_connector/byok?external=True`)
  const kafka = new kafkajs.Kafka({
    brokers: connector.body.bootstrapServers.split(','),
    ssl: connector.body.securityProtocol === 'SSL' && { ca: body.caChain, cert: body.clientCert, key: body.clientKey },
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: options.idempotent ? 5 : 0 },
  })
  const producer = kafka.producer({
    idempotent: options.idempotent ?? false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  return producer
}

/** Microseconds since 1970. */
export const micros = (text: string) => BigInt(Date.parse(text)) * 1_000n
