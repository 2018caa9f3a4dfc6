/** More than nearly all replies have; a larger one takes memory of its own. */
const scratch = Buffer.allocUnsafeSlow(256 * 1024)

/**
 * The text of chunks that came one after another, any of which may end within a character. They are joined in memory that
 * is used again: a new buffer for each reply lies outside of V8's heap, and texts that are added are copied once more.
 */
export function textOfChunks(chunks: readonly Buffer[]): string {
  const [first, ...others] = chunks
  if (first === undefined) return ''
  if (others.length === 0) return first.toString()
  let length = 0
  for (const chunk of chunks) {
    if (length + chunk.length > scratch.length) return Buffer.concat(chunks).toString()
    scratch.set(chunk, length)
    length += chunk.length
  }
  return scratch.toString('utf8', 0, length)
}
