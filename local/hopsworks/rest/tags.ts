import type { Tag, TagSchema } from '../metadata/tag.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import type { Call, Route } from './route.ts'

const tagView = ({ tag, value, created }: Tag) => ({ name: tag, value, schema: null, createdOn: created })
const page = (tags: readonly Tag[]) => ({ count: tags.length, items: tags.map(tagView) })

const jsonOf = (call: Call): string => {
  try {
    JSON.parse(call.text)
    return call.text
  } catch {
    throw new RestError(failures.illegalArgument, 'the body is not JSON')
  }
}

/** The tags of one kind of entity; `ownerOf` finds the one that a path names. */
export const tagRoutes = ({ metadata }: Services, entity: string, ownerOf: (call: Call) => string): Route[] => {
  const { tags, tagSchemas } = metadata
  const one = `${entity}/tags/:tag`
  const existing = (call: Call): Tag => {
    const found = tags.named(ownerOf(call)).find(({ tag }) => tag === call.param('tag'))
    if (!found) throw new RestError(failures.tagNotFound, `tag: ${call.param('tag')}`)
    return found
  }
  const put = (call: Call) => {
    const owner = ownerOf(call)
    const tag = call.param('tag')
    if (tagSchemas.named(tag).length === 0) throw new RestError(failures.tagSchemaNotFound, `tag schema: ${tag}`)
    const value = jsonOf(call)
    const known = tags.named(owner).find((found) => found.tag === tag)
    if (known) tags.replace({ ...known, value })
    else tags.insert(owner, null, (identity) => ({ ...identity, tag, value, created: Date.now() }))
    return page(tags.named(owner))
  }
  return [
    { method: 'GET', path: `${entity}/tags`, scope: 'featurestore', handle: (call) => page(tags.named(ownerOf(call))) },
    { method: 'GET', path: one, scope: 'featurestore', handle: (call) => page([existing(call)]) },
    { method: 'PUT', path: one, scope: 'featurestore:write', handle: put },
    { method: 'DELETE', path: one, scope: 'featurestore:write', handle: (call) => tags.remove(existing(call).id) },
  ]
}

const schemaView = ({ name, schema }: TagSchema) => ({ name, value: schema })

/** The schemas that tags are of; on a cluster an administrator makes them. */
export const tagSchemaRoutes = ({ metadata: { tagSchemas } }: Services): Route[] => {
  return [
    {
      method: 'GET',
      path: '/tags',
      scope: 'featurestore',
      handle: (call) => call.page(tagSchemas.all(), schemaView),
    },
    {
      method: 'POST',
      path: '/tags',
      scope: 'featurestore:write',
      status: 201,
      handle(call) {
        const name = call.query.get('name') ?? ''
        if (!/^\w{1,255}$/.test(name)) throw new RestError(failures.illegalArgument, `a tag cannot be named ${name}`)
        if (tagSchemas.find(name, 1)) throw new RestError(failures.tagSchemaExists, `tag schema: ${name}`)
        const schema = jsonOf(call)
        return schemaView(tagSchemas.insert(name, 1, (identity) => ({ ...identity, schema })))
      },
    },
  ]
}
