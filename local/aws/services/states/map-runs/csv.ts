/** The fields of CSV text (RFC 4180) by row; blank rows are left out. */
export const rowsOf = (text: string, delimiter: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  const endField = () => {
    row.push(field)
    field = ''
  }
  const endRow = () => {
    endField()
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (quoted) {
      if (character !== '"') field += character
      else if (text.charAt(at + 1) === '"') field += text.charAt(++at)
      else quoted = false
    } else if (character === '"' && field === '') quoted = true
    else if (character === delimiter) endField()
    else if (character === '\n') endRow()
    else if (character !== '\r') field += character
  }
  if (field !== '' || row.length > 0) endRow()
  return rows
}
