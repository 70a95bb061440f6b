import { afterAll, beforeAll, describe } from 'vitest'
import { implementationNamed, implementationNames } from '../../src/implementations/named.js'
import type { Bounds, Implementation } from '../../src/oracle/implementation.js'

/** Tests on each of the embedded builds, which is started once for all of them. */
export const onEachBuild = (
  tests: (implementation: () => Implementation, name: string) => void,
  bounds: Partial<Bounds> = {},
): void => {
  describe.each(implementationNames)('on %s', (name) => {
    let started: Implementation
    beforeAll(async () => {
      started = await implementationNamed(name, bounds)
    })
    afterAll(() => started.close())
    tests(() => started, name)
  })
}
