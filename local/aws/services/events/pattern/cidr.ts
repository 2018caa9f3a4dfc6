import { BlockList, isIP } from 'node:net'
import { InvalidPattern } from './invalid-pattern.ts'

/** `{"cidr": "10.0.0.0/24"}`, IPv4 or IPv6. */
export const cidr = (block: string): ((text: string) => boolean) => {
  const [address = '', bits, ...rest] = block.split('/')
  if (bits === undefined || rest.length > 0) throw new InvalidPattern("Malformed CIDR, one '/' required")
  if (!/^\d+$/.test(bits)) throw new InvalidPattern('Malformed CIDR, mask bits must be an integer')
  const version = isIP(address)
  if (version === 0) throw new InvalidPattern(`Nonstandard IP address: ${address}`)
  const longest = version === 4 ? 32 : 128
  if (Number(bits) >= longest) throw new InvalidPattern(`IPv${version} mask bits must be < ${longest}`)
  const family = version === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(address, Number(bits), family)
  return (text) => isIP(text) === version && list.check(text, family)
}
