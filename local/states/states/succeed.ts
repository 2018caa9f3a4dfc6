import type { SucceedState } from '../definition.ts'
import { leave } from '../leave.ts'
import type { Visit } from '../visit.ts'

export const runSucceed = (state: SucceedState, visit: Visit) => leave(visit, state, visit.input)
