/** Text as `equals-ignore-case` compares it. */
export const foldCase = (text: string): string => text.toUpperCase().toLowerCase()
