import type { Document, ParsedNode } from 'yaml'
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'

const functions =
  /^!(?:And|Base64|Cidr|Equals|FindInMap|GetAZs|GetAtt|If|ImportValue|Join|Not|Or|Select|Split|Sub|Transform)$/

/** `!Ref x` is `{ Ref: x }`, `!Sub x` is `{ "Fn::Sub": x }`. */
const tagged = (tag: string | undefined, value: unknown): unknown => {
  if (tag === undefined || tag.startsWith('tag:yaml.org,')) return value
  if (tag === '!Ref' || tag === '!Condition') return { [tag.slice(1)]: value }
  if (functions.test(tag)) return { [`Fn::${tag.slice(1)}`]: value }
  throw new SyntaxError(`${tag} is no function of templates`)
}

const valueOf = (node: unknown, document: Document<ParsedNode>): unknown => {
  if (isAlias(node)) return valueOf(node.resolve(document), document)
  if (isMap(node)) {
    const members = node.items.map(({ key, value }) => [String(valueOf(key, document)), valueOf(value, document)])
    return tagged(node.tag, Object.fromEntries(members))
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => valueOf(item, document))
    return tagged(node.tag, items)
  }
  return isScalar(node) ? tagged(node.tag, node.value) : node
}

/** Reads YAML with CloudFormation's short tags. Throws SyntaxError. */
export const parseYaml = (text: string): unknown => {
  const document = parseDocument(text, { logLevel: 'error' })
  const [error] = document.errors
  if (error) throw new SyntaxError(error.message)
  return valueOf(document.contents, document)
}
