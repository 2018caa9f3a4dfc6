import { attributeOf, intrinsicOf, placeholders, substitutionOf } from './intrinsic.ts'

/** Names that a value refers to: resources, parameters and pseudo-parameters. */
export const referencesIn = (value: unknown): Set<string> => {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    const intrinsic = intrinsicOf(value)
    if (intrinsic?.name === 'Ref' && typeof intrinsic.argument === 'string') found.add(intrinsic.argument)
    else if (intrinsic?.name === 'Fn::GetAtt') found.add(attributeOf(intrinsic.argument).resource)
    else if (intrinsic?.name === 'Fn::Sub') {
      const { text, variables } = substitutionOf(intrinsic.argument)
      visit(Object.values(variables))
      for (const [, name = ''] of text.matchAll(placeholders)) {
        const [target = ''] = name.trim().split('.')
        if (!target.startsWith('!') && !(name.trim() in variables)) found.add(target)
      }
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit)
  }
  visit(value)
  return found
}
