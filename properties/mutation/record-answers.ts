import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { implementationNamed, implementationNames } from '../../src/implementations/named.js'
import { programs } from '../../src/oracle/arbitrary-program.js'
import { print } from '../../src/program/print.js'
import { readVector } from '../../src/vectors/json.js'
import { record } from '../../src/vectors/record.js'
import { readSources, type Source } from '../../src/vectors/source.js'
import { versionsOf } from '../../src/vectors/vector.js'
import { type Answer, answersFile } from './answer.js'

// Before a mutation run: asks the builds about random programs and those of `fixtures/programs`. A mutant is then held to
// what they answered; to ask them for each of thousands would take days.

const randomPrograms = fc
  .sample(programs(), { numRuns: 400, seed: Number(process.env.SEED ?? 1) })
  .map((program, index): Source => {
    const name = `random-${index}`
    return { id: `random/${name}`, topic: 'random', name, text: `# A random program.\n${print(program)}` }
  })

const ownPrograms = readSources('fixtures/programs').map((source) => ({
  ...source,
  text: `# A program.\n${source.text}`,
}))

const builds = await Promise.all(implementationNames.map((name) => implementationNamed(name)))
const recorded = await record([...ownPrograms, ...randomPrograms], builds, undefined, async (all) => all.map(() => []))
await Promise.all(builds.map((build) => build.close()))
const answers: readonly Answer[] = recorded.flatMap((each) =>
  each.kind === 'vector' ? [{ id: each.id, versions: versionsOf(readVector(each.text)), text: each.text }] : [],
)
writeFileSync(answersFile, JSON.stringify(answers))
console.log(
  `${answers.length} of ${recorded.length} programs are recorded; a mutant is held to what the builds tell of them.`,
)
