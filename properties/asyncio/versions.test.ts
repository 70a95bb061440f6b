import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { builds, changes, isAtLeast, newestPython, pythonAt } from '../../src/asyncio/versions.js'
import type { Python, Switches } from '../../src/loop/python.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import type { Trace } from '../../src/trace/events.js'
import { shown } from './changes.js'

const names = Object.keys(changes) as readonly (keyof Switches)[]

const version = fc.tuple(fc.nat(4), fc.nat(20), fc.nat(20))
const textOf = (numbers: readonly number[]): string => numbers.join('.')

describe('versions', () => {
  it.prop([version, version])('are ordered by their numbers, and not as texts', (one, other) => {
    const [a, b] = [one, other].map(([major, minor, micro]) => (major * 100 + minor) * 100 + micro) as [number, number]
    expect(isAtLeast(textOf(one), textOf(other))).toBe(a >= b)
  })

  test('a branch alone is its first release', () => {
    expect(isAtLeast('3.12', '3.12.0')).toBe(true)
    expect(isAtLeast('3.12', '3.12.1')).toBe(false)
    expect(isAtLeast('3.12.1', '3.12')).toBe(true)
  })

  test('a change that older branches got as well', () => {
    const has = (version: string): boolean => pythonAt(version).gatherOutlivesRefusal
    const versions = ['3.8.18', '3.9.10', '3.9.11', '3.9.18', '3.10.0', '3.10.2', '3.10.3', '3.11.0']
    expect(versions.filter(has)).toEqual(['3.9.11', '3.9.18', '3.10.3', '3.11.0'])
  })

  it.prop([version, version])(
    'what one has, a later one has too, but for older branches that got it late',
    (one, other) => {
      const [older, newer] = isAtLeast(textOf(other), textOf(one)) ? [one, other] : [other, one]
      const [before, since] = [pythonAt(textOf(older)), pythonAt(textOf(newer))]
      const lost = names.filter((name) => before[name] && !since[name])
      expect(lost.filter((name) => typeof changes[name].since === 'string')).toEqual([])
    },
  )

  test('the newest build has all changes, and each build has some that the one before has not', () => {
    expect(names.filter((name) => !newestPython[name])).toEqual([])
    const counts = builds.map((build) => names.filter((name) => pythonAt(build)[name]).length)
    for (const [index, count] of counts.slice(1).entries()) expect(count).toBeGreaterThan(counts[index] ?? 0)
  })

  test('every switch can be turned alone', () => {
    for (const name of names) expect(pythonAt('3.14.2', { [name]: false })).toEqual({ ...newestPython, [name]: false })
  })
})

const traceOn = (text: string, python: Python): Trace => run(parse(text), { python })

const printedBy = ({ events }: Trace): readonly string[] =>
  events.flatMap((event) => (event.event === 'Printed' ? [event.text] : []))

const firstOf = (name: keyof Switches): string => [changes[name].since].flat().at(-1) ?? ''

/** Python before a change and since; without later ones, which may hide it. */
const around = (name: keyof Switches): readonly [before: Python, since: Python] => {
  const later = names.filter((other) => !isAtLeast(firstOf(name), firstOf(other)))
  const without = Object.fromEntries(later.map((other) => [other, false]))
  return [pythonAt('3.14.2', { ...without, [name]: false }), pythonAt('3.14.2', without)]
}

describe.each(names)('%s', (name) => {
  test('changes what its program does, and it alone', () => {
    const [before, since] = around(name).map((python) => traceOn(shown[name].text, python)) as [Trace, Trace]
    expect(printedBy(before)).toEqual(shown[name].before)
    expect(printedBy(since)).toEqual(shown[name].since)
    expect(before).not.toEqual(since)
  })
})
