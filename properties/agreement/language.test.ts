import { describe, expect, test } from 'vitest'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import { run } from '../../src/program/run.js'
import { onEachBuild } from './on-builds.js'
import { expectAgreement, programsIn } from './programs-in.js'

const { files, textOf, isRead } = programsIn('language')

describe('programs that show what the language means', () => {
  onEachBuild((implementation) => {
    test.each(files)('%s runs on the model as on CPython', async (file) => {
      if (!isRead(file, implementation().python.version)) return
      await expectAgreement(implementation(), file, textOf(file))
    })
  })

  test.each(files)('%s means the same when it was printed', (file) => {
    const program = parse(textOf(file), file)
    expect(run(parse(print(program), file))).toEqual(run(program))
  })
})
