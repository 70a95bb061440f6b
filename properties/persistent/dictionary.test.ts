import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { assign, type Dictionary, emptyDictionary, entries, find, without } from '../../src/persistent/dictionary.js'

/** Keys that meet again; the hashes of some are the same. */
const key = fc.oneof(
  fc.constantFrom('costarring', 'liquid', 'declinate', 'macallums', 'altarage', 'zinke', ''),
  fc.string({ maxLength: 2 }),
)

const edits = fc.array(fc.tuple(key, fc.option(fc.nat())), { maxLength: 60 })

test.prop([edits, fc.array(key)])('a dictionary gives what was assigned last, and older ones stay', (all, others) => {
  const known = new Map<string, number>()
  let dictionary: Dictionary<number> = emptyDictionary
  for (const [changed, value] of all) {
    const [before, was] = [dictionary, known.get(changed)]
    dictionary = value === null ? without(dictionary, changed) : assign(dictionary, changed, value)
    if (value === null) known.delete(changed)
    else known.set(changed, value)
    expect(find(before, changed)).toBe(was)
  }
  expect(new Map(entries(dictionary))).toEqual(known)
  for (const asked of [...known.keys(), ...others]) expect(find(dictionary, asked)).toBe(known.get(asked))
})
