import { graphsOf } from './graphs.ts'

/** The Resource of every Task in a definition, also inside Map and Parallel, and where it is written. */
export const taskResources = (definition: unknown): { readonly resource: string; readonly location: string }[] =>
  graphsOf(definition).flatMap(({ location, states }) =>
    Object.entries(states).flatMap(([name, { Type, Resource }]) =>
      Type === 'Task' && typeof Resource === 'string'
        ? [{ resource: Resource, location: `${location}/States/${name}/Resource` }]
        : [],
    ),
  )
