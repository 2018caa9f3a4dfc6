/** `*` stands for any characters, `\*` for itself and `\\` for a backslash. */
export const stringMatches = (text: string, wildcard: string): boolean => {
  const pattern = wildcard.replaceAll(/\\([*\\])|(\*)|[\\^$.+?()[\]{}|]/g, (found, escaped?: string, any?: string) => {
    if (any !== undefined) return '.*'
    return `\\${escaped ?? found}`
  })
  return new RegExp(`^${pattern}$`, 's').test(text)
}
