const longest = 48

/**
 * Writes short text of one byte a character, without leaving JavaScript, which for so little costs more than the work.
 * The position behind it is returned; −1, whatever was written, where the text is another.
 */
export function writeAscii(buffer: Buffer, position: number, text: string): number {
  const { length } = text
  if (length > longest) return -1
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index)
    if (code > 0x7f) return -1
    buffer[position + index] = code
  }
  return position + length
}
