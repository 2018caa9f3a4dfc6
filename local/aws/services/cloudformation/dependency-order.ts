import { referencesIn } from './references.ts'
import type { Template, TemplateResource } from './template.ts'
import { invalidTemplate } from './template.ts'

/** The resources that a resource needs first, by DependsOn or by reference. */
export const dependenciesOf = (resource: TemplateResource, template: Template): string[] => {
  const named = [resource.DependsOn ?? []].flat()
  const absent = named.filter((name) => !Object.hasOwn(template.Resources, name))
  if (absent.length > 0) {
    throw invalidTemplate(
      `Template format error: Unresolved resource dependencies [${absent.join(', ')}] in the Resources block of the template`,
    )
  }
  const referred = [...referencesIn(resource.Properties)]
  return [...new Set([...named, ...referred.filter((name) => Object.hasOwn(template.Resources, name))])]
}

/** Names so that each comes after those that it needs; needs outside of the map are ignored. */
export const dependencyOrder = (needs: ReadonlyMap<string, readonly string[]>): string[] => {
  const order: string[] = []
  const done = new Set<string>()
  const open: string[] = []
  const visit = (name: string): void => {
    if (done.has(name)) return
    if (open.includes(name)) {
      throw invalidTemplate(`Circular dependency between resources: [${open.slice(open.indexOf(name)).join(', ')}]`)
    }
    open.push(name)
    for (const need of needs.get(name) ?? []) if (needs.has(need)) visit(need)
    open.pop()
    done.add(name)
    order.push(name)
  }
  for (const name of needs.keys()) visit(name)
  return order
}
