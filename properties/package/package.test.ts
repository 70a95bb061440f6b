import { existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { behind, blocks } from '../cli/blocks.js'
import { call, filesIn, install, output, type Project, root } from './project.js'

const { dependencies, peerDependencies, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly version: string
}

const newest = 'pyodide-3.14.2'

let project: Project

beforeAll(() => {
  project = install()
})

afterAll(() => rmSync(dirname(project.folder), { recursive: true }))

const installed = (path = ''): string => join(project.folder, 'node_modules/simul', path)

const write = (name: string, text: string): void => writeFileSync(join(project.folder, name), text)

/** Runs the text of a module in the project. */
const node = (text: string): string => {
  write('example.mjs', text)
  return output(project.folder, process.execPath, 'example.mjs')
}

describe('the package', () => {
  test('has a light tarball', () => {
    expect(project.tarball).toMatch(new RegExp(`/simul-${version}\\.tgz$`))
    // Half a megabyte is the model itself; whoever packs fixtures or reports goes far beyond.
    expect(statSync(project.tarball).size).toBeLessThan(600_000)
  })

  test('holds what was compiled, what runs beside it, and nothing else', () => {
    const built = filesIn(join(root, 'src')).flatMap((path) => {
      if (path.endsWith('.ts')) return [path.replace(/ts$/, 'js'), path.replace(/ts$/, 'd.ts')]
      return path.startsWith('implementations/') ? [path] : []
    })
    const expected = [...built.map((path) => `dist/${path}`), 'CHANGELOG.md', 'LICENSE', 'README.md']
    expected.push('fixtures/differences.json', 'package.json')
    expect(filesIn(installed())).toEqual(expected.sort())
    expect(built).toContain('implementations/harness.py')
    expect(built).toContain('implementations/pyodide-worker.mjs')
  })

  test('depends on what it imports', () => {
    const texts = filesIn(installed('dist')).map((path) => readFileSync(installed(`dist/${path}`), 'utf8'))
    const imported = texts.flatMap((text) =>
      [...text.matchAll(/(?:^(?:import|export) .*from |\bimport\()['"]((?:@[\w-]+\/)?[\w-]+)(?=['"/])/gm)].map(
        ([, name = '']) => name,
      ),
    )
    expect([...new Set(imported)].sort()).toEqual(Object.keys(dependencies).sort())
  })

  test('is installed without a warning, and without a CPython', () => {
    expect(project.said).toContain('added 1 package ')
    expect(project.said).not.toMatch(/warn/i)
    for (const name of Object.keys(peerDependencies)) {
      expect(existsSync(join(project.folder, 'node_modules', name)), name).toBe(false)
    }
  })
})

describe('its command', () => {
  test('runs a program', () => {
    write('hello.py', "import asyncio\nasync def main():\n    print('hello')\nasyncio.run(main())\n")
    expect(output(project.folder, 'npx', 'simul', 'run', 'hello.py')).toContain('0 s     1  Task-1  hello\n')
  })

  test('writes reports where it is called, and names itself as it is called', () => {
    const said = output(project.folder, 'npx', 'simul', 'start', '--programs', '3', '--no-cpython')
    expect(said).toContain('Written: reports/index.html ')
    expect(said).toContain('Next: npx simul run FILE')
    expect(existsSync(join(project.folder, 'reports/index.html'))).toBe(true)
  })
})

const consumer = `\
import fc from 'fast-check'
import { agree, allFeatures, compare, type Feature, type Implementation, implementation, parse, pythonAt, run } from 'simul'
import { type Label, labelsOf, programs, programTexts } from 'simul/arbitrary'
import { type Build, builds, cpython, implementationNamed, python } from 'simul/python'

const features: readonly Feature[] = ['asyncio.run', 'gather']
const loop = implementation('a loop', async (text) => run(parse(text)), { features, python: pythonAt('3.11') })
const real: readonly Promise<Implementation>[] = [cpython('3.13.2'), python('python3.12'), implementationNamed('cpython-3.10.2')]
export const events: number = (await agree(loop, { programs: 1, seed: 1 })).evidence?.expected.events.length ?? 0
export const labels: readonly Label[] = fc.sample(programs({ features: allFeatures })).flatMap((each) => labelsOf(run(each)))
export const texts: readonly string[] = fc.sample(programTexts({ size: 2 }))
export const kinds = await Promise.all(real.map(async (each) => (await compare(await each, parse(''))).kind))
export const oldest: Build | undefined = builds[0]
// @ts-expect-error: a name is a text
export const wrong: number = loop.name
// @ts-expect-error: there is no such build
await cpython('2.7.18')
`

const examples = blocks.filter(({ language }) => language === 'ts')

describe('its doors', () => {
  test('have types, for the readme too', () => {
    write('consumer.ts', consumer)
    for (const [index, { text }] of examples.entries()) write(`readme-${index + 1}.ts`, text)
    write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, noEmit: true } }),
    )
    const { code, out } = call(project.folder, process.execPath, join(root, 'node_modules/typescript/bin/tsc'))
    expect([code, out]).toEqual([0, ''])
  })

  test('are three, and no more', () => {
    const inner = "await import('simul/dist/index.js').catch(({ code }) => console.log(code))\n"
    expect(node(inner)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n')
  })

  test.each(examples)(
    'run the example of line $line of the readme, which prints what stands below it',
    ({ line, text }) => {
      expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(10)
      const shown = blocks.find(({ before }) => before?.line === line)
      const printed = node(text)
      expect(shown?.language).toBe('text')
      expect(behind(printed, shown?.text ?? ''), printed).not.toBeNull()
    },
  )

  test('give random programs', () => {
    const printed = node(`
      import fc from 'fast-check'
      import { run } from 'simul'
      import { labels, labelsOf, programs } from 'simul/arbitrary'
      const found = new Set(fc.sample(programs(), { numRuns: 100, seed: 1 }).flatMap((program) => labelsOf(run(program))))
      console.log(found.size > 0 && [...found].every((label) => labels.includes(label)))
    `)
    expect(printed).toBe('true\n')
  })
})

describe('CPython', () => {
  test('a build that is not installed: the error says how to', () => {
    const printed = node(`
      import { builds, cpython } from 'simul/python'
      for (const build of builds) await cpython(build).catch(({ message }) => console.log(message))
    `)
    const expected = Object.entries(peerDependencies).map(
      ([name, alias]) => `${name.replace('pyodide', 'cpython')} is not installed: npm install ${name}@${alias}\n`,
    )
    expect(printed).toBe(expected.join(''))
  })

  test('a build that is installed', () => {
    symlinkSync(join(root, 'node_modules', newest), join(project.folder, 'node_modules', newest))
    const printed = node(`
      import { compare, comparisonText, parse } from 'simul'
      import { cpython } from 'simul/python'
      const loop = await cpython()
      console.log(comparisonText(await compare(loop, parse("print('hello')\\n")), loop))
      await loop.close()
    `)
    expect(printed).toBe('cpython-3.14.2: the model agrees on the only event, finished\n\n')
  })
})
