/** Writes a number ≥ 0 as zigzag varint; the position after it is returned. */
export function writeVarint(buffer: Buffer, position: number, value: number): number {
  let rest = value * 2
  let at = position
  while (rest > 0x7f) {
    buffer[at++] = (rest % 0x80) + 0x80
    rest = Math.floor(rest / 0x80)
  }
  buffer[at++] = rest
  return at
}

/** How many bytes {@link writeVarint} takes. */
export function varintBytes(value: number): number {
  if (value < 0x40) return 1
  if (value < 0x2000) return 2
  if (value < 0x100000) return 3
  return value < 0x8000000 ? 4 : 5
}

/** What {@link writeVarint} wrote at a position, and the position after it. */
export function readVarint(buffer: Buffer, position: number): readonly [value: number, after: number] {
  let value = 0
  for (let at = position, unit = 1; ; at += 1, unit *= 0x80) {
    const byte = buffer.readUInt8(at)
    value += (byte & 0x7f) * unit
    if (byte < 0x80) return [value / 2, at + 1]
  }
}
