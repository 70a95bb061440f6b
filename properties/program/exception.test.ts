import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import {
  asyncioExceptions,
  builtinExceptions,
  exceptionBases,
  isInstance,
  isSubclass,
  shortName,
} from '../../src/loop/exception.js'

const name = fc.constantFrom(...Object.keys(exceptionBases))

describe('exception classes', () => {
  test.prop([name])('every class derives from itself and from BaseException', (one) => {
    expect(isSubclass(one, one)).toBe(true)
    expect(isSubclass(one, 'BaseException')).toBe(true)
  })

  test.prop([name, name, name])('deriving is transitive, and both ways only between a class and itself', (a, b, c) => {
    if (isSubclass(a, b) && isSubclass(b, c)) expect(isSubclass(a, c)).toBe(true)
    if (isSubclass(a, b) && isSubclass(b, a)) expect(a).toBe(b)
  })

  test.prop([name])('every class is reached by its name or through asyncio', (one) => {
    expect(builtinExceptions.has(one) || asyncioExceptions.has(shortName(one))).toBe(true)
  })

  it('CancelledError is no Exception, asyncio.TimeoutError is the builtin one', () => {
    expect(isSubclass('CancelledError', 'Exception')).toBe(false)
    expect(isSubclass('InvalidStateError', 'Exception')).toBe(true)
    expect(isSubclass('TimeoutError', 'OSError')).toBe(true)
    expect([...asyncioExceptions].filter((one) => builtinExceptions.has(one))).toEqual(['TimeoutError'])
    expect(isInstance({ kind: 'exception', id: 1, type: 'KeyError', args: [] }, 'LookupError')).toBe(true)
    expect(isSubclass('Unheard', 'BaseException')).toBe(false)
  })
})
