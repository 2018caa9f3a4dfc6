import { describe, expect, it } from '@jest/globals'
import type { Json } from '../../json.ts'
import { SyntaxProblem } from '../cursor.ts'
import { parsePath } from './parse-path.ts'
import { placeAt } from './place-at.ts'
import { NoResult, readIfPresent, readPath } from './read-path.ts'

const store: Json = {
  'a-b': 1,
  "it's": { deep: [10, 20, 30, 40] },
  books: [
    { title: 'Emma', price: 8, tags: ['love'] },
    { title: 'Ulysses', price: 12.5, tags: [] },
    { title: 'Kim', price: 5, isbn: '0-1', tags: ['boys', 'spies'] },
  ],
}
const roots = (root: string) => ({ $: store, $$: { Execution: { Name: 'x' } }, $limit: 10 })[root]
const read = (path: string) => readPath(parsePath(path), roots)

describe('a path', () => {
  it.each<[string, Json]>([
    ['$.a-b', 1],
    ['$.books[0].title', 'Emma'],
    ['$.books[-1].title', 'Kim'],
    ["$['books'][1]['price']", 12.5],
    ["$['it\\'s'].deep[1]", 20],
    ['$$.Execution.Name', 'x'],
    ['$limit', 10],
    ["$.books[0]['title','price']", { title: 'Emma', price: 8 }],
    ['$.books.length()', 3],
    ['$.books[*].price.max()', 12.5],
    ['$.books[*].price.avg()', 8.5],
    ['$.books[0].keys()', ['title', 'price', 'tags']],
  ])('%s leads to one place', (path, value) => {
    expect(read(path)).toEqual(value)
  })

  it.each<[string, Json]>([
    ['$.books[*].title', ['Emma', 'Ulysses', 'Kim']],
    ['$.books[0,2].title', ['Emma', 'Kim']],
    ['$.books[1:].title', ['Ulysses', 'Kim']],
    ['$.books[:-1].title', ['Emma', 'Ulysses']],
    ["$['it\\'s'].deep[::2]", [10, 30]],
    ['$..price', [8, 12.5, 5]],
    ['$.nothing[*].here', []],
    ['$.books[?(@.isbn)].title', ['Kim']],
    ['$.books[?(!@.isbn && @.price < 10)].title', ['Emma']],
    ["$.books[?(@.title == 'Kim' || @.price > $limit)].title", ['Ulysses', 'Kim']],
    ['$.books[?(@.title =~ /k.*/i)].title', ['Kim']],
    ["$.books[?(@.title in ['Emma', 'Persuasion'])].title", ['Emma']],
    ['$.books[?(@.tags empty true)].title', ['Ulysses']],
    ["$.books[?(@.tags contains 'spies' && (@.price >= 5 && @.price != 6))].title", ['Kim']],
    ["$.books[?(@.tags anyof ['love', 'war'])].title", ['Emma']],
    ['$.books[?(@.tags size 2)].title', ['Kim']],
  ])('%s gives a list', (path, values) => {
    expect(read(path)).toEqual(values)
  })

  it.each([
    ['$.none', "No results for path: $['none']"],
    ['$.none.deeper', "Missing property in path $['none']"],
    ['$.books[9]', "No results for path: $['books'][9]"],
    ['$other', 'No results for path: $other'],
    ['$.a-b.length()', 'The function length() cannot be applied to its input'],
  ])('%s leads nowhere', (path, reason) => {
    expect(() => read(path)).toThrow(new NoResult(reason))
    expect(readIfPresent(parsePath(path), roots)).toBeUndefined()
  })

  it.each(['', 'a', '$.', '$.a[', '$.a[]', '$..', '$.a[?(1)]', '$.a b', '$.a.sort()', "$['a", '$.a[::0]', '$.a[1,]'])(
    'is not %j',
    (text) => {
      expect(() => parsePath(text)).toThrow(SyntaxProblem)
    },
  )
})

describe('a reference path', () => {
  const place = (path: string, into: Json) => placeAt(into, parsePath(path).segments, 'new')

  it.each<[string, Json, Json]>([
    ['$', { a: 1 }, 'new'],
    ['$.a', { a: 1, b: 2 }, { a: 'new', b: 2 }],
    ['$.c.d', { a: 1 }, { a: 1, c: { d: 'new' } }],
    ['$.l[1].x', { l: [0, { y: 1 }] }, { l: [0, { y: 1, x: 'new' }] }],
  ])('%s writes into %j', (path, into, result) => {
    expect(place(path, into)).toEqual(result)
  })

  it.each<[string, Json]>([
    ['$.a', 'text'],
    ['$.a.b', { a: 1 }],
    ['$.a[3]', { a: [1] }],
  ])('%s finds no place in %j', (path, into) => {
    expect(() => place(path, into)).toThrow(expect.objectContaining({ name: 'NoPlace' }))
  })
})
