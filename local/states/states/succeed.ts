import type { SucceedState } from '../definition.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import type { Visit } from '../visit.ts'

export const runSucceed = async (state: SucceedState, visit: Visit): Promise<Step> =>
  leave(visit, state, await visit.language.given({}))
