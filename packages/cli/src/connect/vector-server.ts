import type { Hopsworks } from '@hopline/hopsworks/management'
import { openVectors } from '@hopline/hopsworks/vectors'
import type { VectorSettings } from '@hopline/hopsworks/vectors'
import { CommandFailed, exitCodes } from '../command-failed.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

const defaultPort = 4406
const variable = 'loadbalancer_external_domain_online_store_rest_server'

/** `host[:port]`, IPv6 in brackets. */
export function parseAddress(text: string): Address {
  const url = URL.parse(`https://${text}`)
  if (!url || url.pathname !== '/' || url.hostname === '') {
    throw new CommandFailed(
      `--vectors ${text} is no host:port`,
      'Write it like hopsworks.example.com:4406.',
      exitCodes.usage,
    )
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (text.endsWith(':443') ? 443 : defaultPort)),
  }
}

/** Where Hopsworks says that its vector server is. */
export async function findVectorServer(hopsworks: Hopsworks): Promise<Address> {
  const host = await hopsworks.variable(variable)
  if (host) return parseAddress(host)
  const advice = 'Name it by --vectors host:port.'
  throw new CommandFailed(
    `Hopsworks does not say where its vector server is (variable ${variable})`,
    advice,
    exitCodes.hopsworks,
  )
}

/** Fails unless the vector server answers and accepts the key. */
export async function reachVectorServer(settings: VectorSettings): Promise<void> {
  const vectors = openVectors({ ...settings, timeoutMs: 10_000 })
  try {
    await vectors.ping()
  } finally {
    await vectors.close()
  }
}
