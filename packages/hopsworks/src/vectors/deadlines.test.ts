import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { Deadlines } from './deadlines.ts'

let missed: string[]
let deadlines: Deadlines
const set = (name: string, waitMs: number) => deadlines.set(waitMs, () => missed.push(name))

beforeEach(() => {
  jest.useFakeTimers()
  missed = []
  deadlines = new Deadlines()
})
afterEach(() => {
  jest.useRealTimers()
})

test('each is missed at its time, whenever it was set', () => {
  set('late', 300)
  set('early', 100)
  jest.advanceTimersByTime(50)
  set('middle', 150)
  jest.advanceTimersByTime(49)
  expect(missed).toEqual([])
  jest.advanceTimersByTime(2)
  expect(missed).toEqual(['early'])
  jest.advanceTimersByTime(100)
  expect(missed).toEqual(['early', 'middle'])
  jest.advanceTimersByTime(100)
  expect(missed).toEqual(['early', 'middle', 'late'])
})

test('one that is met is not missed, and others are', () => {
  const met = set('met', 100)
  set('missed', 200)
  met()
  jest.advanceTimersByTime(1_000)
  expect(missed).toEqual(['missed'])
})

test('what a missed one sets is heeded', () => {
  deadlines.set(100, () => set('second', 100))
  jest.advanceTimersByTime(201)
  expect(missed).toEqual(['second'])
})

test('many share one timer, which nothing leaves behind', () => {
  for (let read = 0; read < 100; read += 1) set('met', 100)()
  expect(jest.getTimerCount()).toBe(1)
  jest.advanceTimersByTime(101)
  expect(jest.getTimerCount()).toBe(0)
})
