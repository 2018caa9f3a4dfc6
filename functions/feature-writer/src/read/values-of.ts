/** Makes an object of the values of a row. A column may have the name of a part of every object, `__proto__` above all. */
export const valuesOf = (names: readonly string[]): ((fields: readonly unknown[]) => Record<string, unknown>) => {
  if (isAnyInherited(names)) return (fields) => Object.fromEntries(names.map((name, index) => [name, fields[index]]))
  return (fields) => {
    const values: Record<string, unknown> = {}
    for (let index = 0; index < names.length; index += 1) values[names[index]!] = fields[index]
    return values
  }
}

/** Whether a name is one that objects have without having got it. */
export const isAnyInherited = (names: readonly string[]): boolean => names.some((name) => name in Object.prototype)
