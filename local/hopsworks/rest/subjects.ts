import type { Subject } from '../metadata/subject.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import type { Call, Route } from './route.ts'

const view = ({ id, name, version, schema }: Subject) => ({ id, subject: name, version, schema })
const registry = '/project/:project/kafka'
const versions = `${registry}/subjects/:subject/versions`

/** The schema registry: the Avro schemas of feature groups, each by its id and as a version of its subject. */
export const subjectRoutes = ({ metadata: { subjects } }: Services): Route[] => {
  const named = (call: Call): Subject[] => {
    const found = subjects.named(call.param('subject'))
    if (found.length === 0) throw new RestError(failures.subjectNotFound, call.param('subject'))
    return found
  }
  const version = (call: Call) => {
    const all = named(call)
    const asked = call.param('version')
    const found = asked === 'latest' ? all.at(-1) : all.find((subject) => String(subject.version) === asked)
    if (!found) throw new RestError(failures.subjectVersionNotFound, `${call.param('subject')}, version ${asked}`)
    return view(found)
  }
  return [
    {
      method: 'GET',
      path: '/project/:project/featurestores/:store/kafka/subjects/:subject/versions/:version',
      scope: 'featurestore',
      handle: version,
    },
    {
      method: 'GET',
      path: `${registry}/subjects`,
      scope: 'kafka',
      handle: () => [...new Set(subjects.all().map(({ name }) => name))],
    },
    { method: 'GET', path: versions, scope: 'kafka', handle: (call) => named(call).map((subject) => subject.version) },
    { method: 'GET', path: `${versions}/:version`, scope: 'kafka', handle: version },
    {
      method: 'GET',
      path: `${registry}/schemas/ids/:schema`,
      scope: 'kafka',
      handle(call) {
        const found = subjects.get(call.number('schema'))
        if (!found) throw new RestError(failures.schemaNotFound, call.param('schema'))
        return { schema: found.schema }
      },
    },
  ]
}
