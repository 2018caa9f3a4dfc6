import type { PassState } from '../definition.ts'
import { leave } from '../leave.ts'
import type { Visit } from '../visit.ts'

export const runPass = (state: PassState, visit: Visit) => leave(visit, state, visit.input)
