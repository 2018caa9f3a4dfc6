import { describe, expect, it } from '@jest/globals'
import { machine, task } from './testing.ts'
import { MissingMock, walk } from './walk.ts'

const ask = machine({
  Ask: { ...task, Arguments: { n: '{% $states.input %}' }, Output: '{% $states.result.Payload %}' },
})

describe('walk', () => {
  it('answers tasks with results, payloads and functions of their arguments', async () => {
    expect((await walk(ask, 1, { Ask: { result: { Payload: 'a' } } })).outcome).toMatchObject({ output: 'a' })
    expect((await walk(ask, 1, { Ask: { payload: 'b' } })).outcome).toMatchObject({ output: 'b' })
    expect((await walk(ask, 1, { Ask: (given) => ({ payload: given }) })).outcome).toMatchObject({ output: { n: 1 } })
  })

  it('rejects for a task without a mock and for one attempt too many', async () => {
    await expect(walk(ask, 1)).rejects.toThrow(MissingMock)
    const stubborn = machine({ Ask: { ...task, Retry: [{ ErrorEquals: ['Odd'] }] } })
    await expect(walk(stubborn, 1, { Ask: [{ error: 'Odd' }] })).rejects.toThrow("no mock for attempt 2 of 'Ask'")
  })

  it('lets days pass in no time', async () => {
    const { seconds } = await walk(machine({ W: { Type: 'Wait', Seconds: 864_000, End: true } }), {})
    expect(seconds).toBe(864_000)
  })
})
