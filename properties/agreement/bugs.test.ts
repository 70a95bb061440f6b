import { describe, test } from 'vitest'
import { onEachBuild } from './on-builds.js'
import { expectAgreement, programsIn } from './programs-in.js'

const { files, textOf } = programsIn('bugs')

describe('programs that show bugs of the past', () => {
  onEachBuild((implementation) => {
    test.each(files)('%s does on the model what it does on CPython, bug included', async (file) => {
      await expectAgreement(implementation(), file, textOf(file))
    })
  })
})
