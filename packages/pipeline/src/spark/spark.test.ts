import { describe, expect, test } from '@jest/globals'
import { busy, visits } from '../../test-support/visits.ts'
import { applications } from '../../test-support/applications.ts'
import { readColumn } from '../expression/build.ts'
import { rowsSql, sparkSettings, windowsSql } from './index.ts'
import { literalSql, quoted, textLiteral } from './sql-text.ts'

// That Spark gives what TypeScript gives is proved by `npm run prove:contract`; here is what can be read off the text.

describe('text for Spark', () => {
  test('holds no character that its parser reads otherwise', () => {
    expect(textLiteral(`it's "a" \\ $\{x} \n\u0000 🛬`)).toBe(
      `'it\\u0027s \\u0022a\\u0022 \\u005c \\u0024{x} \\u000a\\u0000 🛬'`,
    )
    expect(quoted('a`b')).toBe('`a``b`')
  })

  test.each([
    [{ type: 'int', value: -5 }, '(-5)'],
    [{ type: 'long', value: '-9223372036854775808' }, '(-9223372036854775807L - 1L)'],
    [{ type: 'long', value: '7' }, '7L'],
    [{ type: 'double', value: 5e-324 }, '5e-324D'],
    [{ type: 'decimal', scale: 2, value: '1.50' }, "CAST('1.50' AS DECIMAL(18,2))"],
    [{ type: 'boolean', value: true }, 'TRUE'],
    [{ type: 'timestamp', value: '1970-01-01T00:00:01Z' }, 'timestamp_micros(1000000L)'],
    [{ type: 'date', value: '1969-12-31' }, 'date_from_unix_date(-1)'],
    [{ type: 'string', value: 'a' }, "'a'"],
    [{ type: 'date', value: 'never' }, 'CAST(NULL AS DATE)'],
  ] as const)('writes the constant %j as %s', (node, sql) => {
    expect(literalSql({ op: 'literal', ...node })).toBe(sql)
  })

  test('is there for every operator, and repeats no argument that is not a column or a constant', () => {
    const features = Object.fromEntries(applications().map((node, at) => [`f${at}`, { node }]))
    const sql = rowsSql({ columns: {}, features }, 'rows')
    expect(sql).not.toMatch(/undefined|NaN/)
    expect(sql.match(/SELECT/g)).toHaveLength(3) // doubles are read, operators are applied, columns are named
  })

  test('computes what trees share once', () => {
    const speed = readColumn('speed', { type: 'int' })
    const square = speed.times(speed)
    const sql = rowsSql({ columns: { speed }, features: { a: square.plus(1), b: square.plus(1).floor() } }, 'rows', [
      '_row',
    ])
    expect(sql.match(/try_multiply/g)).toHaveLength(1)
    expect(sql.match(/try_add/g)).toHaveLength(1)
    expect(sql).toMatch(/^SELECT\n {2}`_row`,\n {2}`speed`,\n {2}_1 AS `a`,\n {2}_2 AS `b`\n/)
  })

  test('grows with a tree, not with the power of its depth', () => {
    let x = readColumn('x', { type: 'double' })
    for (let depth = 0; depth < 40; depth += 1) x = x.times(x)
    expect(rowsSql({ columns: {}, features: { x } }, 'rows').length).toBeLessThan(10_000)
  })

  test('of windows has a frame for each length, and columns only for what is aggregated', () => {
    const sql = windowsSql(busy, 'log')
    expect(sql.match(/RANGE BETWEEN (\d+)L PRECEDING AND CURRENT ROW/g)).toHaveLength(3)
    expect(sql).toContain('PARTITION BY `id` ORDER BY _order DESC, _row DESC')
    for (const name of Object.keys(busy.features)) expect(sql).toContain(`AS \`${name}\``)
    expect(sql.match(/AS _m\d_(?:min|max)\b/g)?.length).toBeGreaterThan(0)
    expect(Object.keys(visits.columns)).toContain('id')
  })

  test('states what it assumes of the session', () => {
    expect(sparkSettings).toMatchObject({ 'spark.sql.ansi.enabled': 'false', 'spark.sql.session.timeZone': 'UTC' })
  })
})
