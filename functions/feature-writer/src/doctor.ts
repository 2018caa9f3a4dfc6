import { HopsworksError } from '@hopline/hopsworks/errors'
import { probeKafka } from '@hopline/hopsworks/ingest'
import { connectHopsworks } from '@hopline/hopsworks/management'
import type { DoctorCheck, DoctorReport, HopsworksSecret } from '@hopline/workflow'
import { pingVectors } from './ping-vectors.ts'

const timeoutMs = 5_000
const noRetry = { totalMs: 0, baseMs: 0, maxMs: 0 }

/** Whether Hopsworks, every Kafka broker that it advertises and the vector server can be used from this function. */
export const doctor = async (secret: HopsworksSecret): Promise<DoctorReport> => {
  const [hopsworks, vectors] = await Promise.all([hopsworksAndKafka(secret), vectorServer(secret)])
  return { checks: [...hopsworks, vectors] }
}

/** Without its ids the secret makes the client log in. Kafka's brokers are known only to who may. */
const hopsworksAndKafka = async ({ url, project, apiKey, ca }: HopsworksSecret): Promise<DoctorCheck[]> => {
  const { hostname, port } = new URL(url)
  const { found, ...login } = await attempt(async () => {
    const since = performance.now()
    const hopsworks = await connectHopsworks({ url, project, apiKey, ca, timeoutMs, retry: noRetry })
    const [connector, credentials] = await Promise.all([hopsworks.kafkaConnector(), hopsworks.credentials()])
    const ms = Math.round(performance.now() - since)
    const kafka = { kafkaConnector: async () => connector, credentials: async () => credentials }
    return { ms, probes: await probeKafka(kafka, { timeoutMs }) }
  })
  const server = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 443) }
  const brokers = (found?.probes ?? []).map(({ what, failure, ...broker }): DoctorCheck => ({
    what: `Kafka ${what}`,
    ...broker,
    ...causeOf(failure),
  }))
  return [{ what: 'Hopsworks', ...server, ...login, ms: found?.ms ?? login.ms }, ...brokers]
}

const vectorServer = async (secret: HopsworksSecret): Promise<DoctorCheck> => {
  const { ms, cause, code } = await attempt(() => pingVectors(secret, timeoutMs))
  return { what: 'vector server', ...secret.vectors, ms, cause, code }
}

const attempt = async <T>(work: () => Promise<T>) => {
  const since = performance.now()
  const ms = () => Math.round(performance.now() - since)
  try {
    return { found: await work(), ms: ms(), ...causeOf(null) }
  } catch (error) {
    if (!(error instanceof HopsworksError)) throw error
    return { found: undefined, ms: ms(), ...causeOf(error) }
  }
}

const causeOf = (failure: HopsworksError | null) =>
  failure === null ? { cause: null, code: null } : { cause: failure.message, code: failure.status ?? failure.code }
