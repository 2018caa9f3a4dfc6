const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export const escapeXml = (text: string): string => text.replace(/[&<>"\r]/g, (sign) => escapes[sign] ?? sign)

const unescape = (text: string) =>
  text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(String(hex), 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    return entities[String(name)] ?? whole
  })

/** How a list member is written: `wrapped` in an element of its own name, or each item by itself. */
export interface ListForm {
  readonly item: string
  readonly wrapped: boolean
}

const element = (name: string, content: string) => `<${name}>${content}</${name}>`

/** Writes members as elements; a `Date` is ISO text, an absent member nothing. */
export const writeXml = (name: string, value: unknown, listForm: (name: string) => ListForm): string => {
  const write = (name: string, value: unknown): string => {
    if (value === undefined || value === null) return ''
    if (value instanceof Date) return element(name, value.toISOString())
    if (Array.isArray(value)) {
      const { item, wrapped } = listForm(name)
      const items = value.map((each) => write(item, each)).join('')
      return wrapped ? element(name, items) : items
    }
    if (typeof value === 'object')
      return element(
        name,
        Object.entries(value)
          .map(([key, member]) => write(key, member))
          .join(''),
      )
    return element(name, escapeXml(typeof value === 'string' ? value : JSON.stringify(value)))
  }
  return write(name, value)
}

type Node = { name: string; children: Map<string, unknown[]>; text: string }

const contentOf = ({ children, text }: Node): unknown => {
  if (children.size === 0) return text
  return Object.fromEntries([...children].map(([name, all]) => [name, all.length === 1 ? all[0] : all]))
}

/** Reads the elements of a document: text for a leaf, an object for the rest, an array where a name repeats. */
export const readXml = (document: string): { root: string; content: unknown } => {
  const top: Node = { name: '', children: new Map(), text: '' }
  const open = [top]
  const tokens =
    /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/([^\s>]+)\s*>|<([^\s/>!]+)([^>]*?)(\/?)>|([^<]+)/gy
  let end = 0
  for (const token of document.matchAll(tokens)) {
    end = token.index + token[0].length
    const [, cdata, closed, opened, , selfClosed, text] = token
    const current = open.at(-1) ?? top
    const finish = (node: Node) => {
      const parent = open.at(-1) ?? top
      parent.children.set(node.name, [...(parent.children.get(node.name) ?? []), contentOf(node)])
    }
    if (cdata !== undefined) current.text += cdata
    else if (text !== undefined) current.text += unescape(text)
    else if (closed !== undefined) {
      const node = open.pop()
      if (!node || node === top || node.name !== local(closed)) throw new SyntaxError(`</${closed}> closes nothing`)
      finish(node)
    } else if (opened !== undefined) {
      const node: Node = { name: local(opened), children: new Map(), text: '' }
      if (selfClosed) finish(node)
      else open.push(node)
    }
  }
  const [root] = top.children
  if (open.length > 1 || end < document.length || !root) throw new SyntaxError('not an XML document')
  return { root: root[0], content: root[1][0] }
}

const local = (name: string) => name.split(':').at(-1) ?? name
