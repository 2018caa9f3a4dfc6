import type { Broker } from './connection.ts'

/** `host:port` of a bootstrap list, also with a listener's name in front and with IPv6 in brackets. */
export function parseBroker(server: string): Broker {
  const { hostname, port } = new URL(`kafka://${server.replace(/^\w+:\/\//, '')}`)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 9092) }
}
