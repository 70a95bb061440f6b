import { describe, expect, test } from 'vitest'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import { run } from '../../src/program/run.js'
import { onEachBuild } from './on-builds.js'
import { expectAgreement, programsIn } from './programs-in.js'

const { files, textOf, isRead } = programsIn('tutorials')

describe('programs of the kind that introductions show run as they stand', () => {
  onEachBuild((implementation) => {
    test.each(files)('%s', async (file) => {
      if (isRead(file, implementation().python.version)) await expectAgreement(implementation(), file, textOf(file))
    })
  })

  test.each(files)('%s comes to its end, and means the same when it was printed', (file) => {
    const program = parse(textOf(file), file)
    expect(run(program).verdict).toEqual({ kind: 'finished' })
    expect(run(parse(print(program), file))).toEqual(run(program))
  })
})
