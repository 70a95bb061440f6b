import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type Changes, mapBody } from '../../src/program/map.js'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import type { Expression } from '../../src/program/syntax.js'
import { arbitraryModule } from './arbitrary-module.js'
import { withoutLines } from './tree.js'

const nothing: Changes = { statement: (statement) => [statement], expression: (expression) => expression }

describe('a program changed from the inside out', () => {
  property.prop([arbitraryModule])('is the same where nothing is changed', (module) => {
    expect(withoutLines({ kind: 'Module', body: mapBody(module.body, nothing) })).toEqual(withoutLines(module))
  })

  property.prop([arbitraryModule, fc.constantFrom('x', 'renamed')])(
    'has every name that is read changed',
    (module, id) => {
      const rename = (expression: Expression): Expression =>
        expression.kind === 'Name' ? { kind: 'Name', id } : expression
      const once = mapBody(module.body, { ...nothing, expression: rename })
      const seen = new Set<string>()
      const note = (expression: Expression): Expression => {
        if (expression.kind === 'Name') seen.add(expression.id)
        return expression
      }
      mapBody(once, { ...nothing, expression: note })
      expect([...seen].filter((name) => name !== id)).toEqual([])
    },
  )

  test('a statement may become many, or none', () => {
    const body = parse('a\nif b:\n    a\n    c\n').body
    const twice = mapBody(body, { ...nothing, statement: (statement) => [statement, statement] })
    const fewer = mapBody(body, { ...nothing, statement: (statement) => (statement.kind === 'If' ? [] : [statement]) })
    expect(print({ kind: 'Module', body: twice }).split('\n').length).toBeGreaterThan(10)
    expect(print({ kind: 'Module', body: fewer })).toBe('a\n')
  })
})
