import { expect, test } from 'vitest'
import { claims } from '../../src/laws/claims.js'
import { laws } from '../../src/laws/laws.js'
import { clockResolution as resolutionOfTheModel } from '../../src/loop/world.js'
import { clockResolution } from '../../src/trace/clock.js'

test('every law checks some claim, and every claim is checked by laws of the list', () => {
  const checking = new Set(claims.flatMap((claim) => claim.laws))
  expect(claims.every((claim) => claim.laws.length > 0)).toBe(true)
  expect([...checking].map(({ name }) => name).sort()).toEqual(laws.map(({ name }) => name).sort())
})

test('laws and claims can be told apart', () => {
  expect(new Set(laws.map(({ name }) => name)).size).toBe(laws.length)
  expect(new Set(claims.map(({ claim }) => claim)).size).toBe(claims.length)
})

test('the laws and the model have the same clock', () => {
  expect(clockResolution).toBe(resolutionOfTheModel)
})
