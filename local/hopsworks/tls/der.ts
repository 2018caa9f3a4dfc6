/** Distinguished encoding rules (X.690), as much as a certificate needs. */
const encode = (tag: number, content: Buffer): Buffer => {
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), content])
}

export const sequence = (...parts: Buffer[]) => encode(0x30, Buffer.concat(parts))
export const set = (...parts: Buffer[]) => encode(0x31, Buffer.concat(parts))
export const octets = (content: Buffer) => encode(0x04, content)
export const bits = (content: Buffer, unused = 0) => encode(0x03, Buffer.concat([Buffer.from([unused]), content]))
export const text = (value: string) => encode(0x0c, Buffer.from(value, 'utf8'))
export const nothing = () => encode(0x05, Buffer.alloc(0))
export const truth = (value: boolean) => encode(0x01, Buffer.from([value ? 0xff : 0]))
export const time = (value: Date) =>
  encode(0x18, Buffer.from(`${value.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`))
/** A non-negative integer from its big-endian bytes. */
export const integer = (bytes: Buffer) =>
  encode(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
/** A constructed element with a context tag. */
export const tagged = (number: number, ...parts: Buffer[]) => encode(0xa0 | number, Buffer.concat(parts))
/** A primitive element with a context tag. */
export const implicit = (number: number, content: Buffer) => encode(0x80 | number, content)

export const oid = (dotted: string) => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const part of rest) {
    const groups = [part & 0x7f]
    for (let value = part >> 7; value > 0; value >>= 7) groups.unshift((value & 0x7f) | 0x80)
    bytes.push(...groups)
  }
  return encode(0x06, Buffer.from(bytes))
}
