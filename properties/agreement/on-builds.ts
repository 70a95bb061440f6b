import { beforeAll, describe } from 'vitest'
import { implementationNames } from '../../src/implementations/named.js'
import type { Bounds, Implementation } from '../../src/oracle/implementation.js'
import { sharedBuild } from '../builds.js'

/** Tests on each of the embedded builds. */
export const onEachBuild = (
  tests: (implementation: () => Implementation, name: string) => void,
  bounds: Partial<Bounds> = {},
): void => {
  describe.each(implementationNames)('on %s', (name) => {
    let started: Implementation
    beforeAll(async () => {
      started = await sharedBuild(name, bounds)
    })
    tests(() => started, name)
  })
}
