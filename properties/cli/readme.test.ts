import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { functionNames } from '../../src/program/names.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { type Block, behind, blocks, blocksOf, readme } from './blocks.js'
import { command, inFolder } from './command.js'

const root = new URL('../../', import.meta.url)
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>
}

/** Runs a command line of ours in this process, in the repository. */
const simul = async (args: readonly string[]): Promise<string> => {
  const here = process.cwd()
  try {
    process.chdir(fileURLToPath(root))
    const { out, err } = await command(args)
    return out + err
  } finally {
    process.chdir(here)
  }
}

/** Fails unless a command line names a script of package.json, or one of npm's own commands that we use. */
const checkCommand = async (line: string): Promise<void> => {
  const [, name = '', ...args] = line.replace(/^([A-Z]+=\S+ )+/, '').split(' ')
  if (['ci', 'pack', 'install'].includes(name)) return
  const script = name === 'run' ? (args.shift() ?? '') : name
  expect(Object.keys(scripts), line).toContain(script)
  if (script !== 'simul' && script !== 'start') return
  const [subcommand = '', ...options] = [
    ...(script === 'start' ? ['start'] : []),
    ...args.filter((arg) => arg !== '--'),
  ]
  if (subcommand === '') return
  const help = await simul([subcommand, '--help'])
  expect(help, line).toContain(`Usage: simul ${subcommand} `)
  for (const option of options.filter((word) => word.startsWith('--'))) expect(help, line).toContain(`  ${option}`)
}

/** How a block is executed, by its language. What is written in `ts`, and its output, properties/package runs. */
const rules: Readonly<Record<string, (block: Block) => Promise<void>>> = {
  sh: async ({ text }) => {
    for (const line of text.trimEnd().split(/\n| && /)) {
      expect(line).toMatch(/^npm /)
      await checkCommand(line)
    }
  },
  console: async ({ text }) => {
    const [, line = '', shown] = /^\$ npm run simul -- (.*)\n([\s\S]*)$/.exec(text) ?? []
    expect(await simul(line.split(' '))).toBe(shown)
  },
  text: async ({ lead, text }) => {
    const [, seed = ''] = /`npm start`[\s\S]*\bseed (\d+)/.exec(lead) ?? []
    await inFolder(async (folder) => {
      const shown = await simul(['start', '--seed', seed, '--reports', folder])
      expect(behind(shown, text), shown).not.toBeNull()
    })
  },
  python: async ({ text }) => {
    expect(run(parse(text)).verdict).toEqual({ kind: 'finished' })
  },
}

const isElsewhere = ({ language, before }: Block): boolean =>
  language === 'ts' || (language === 'text' && before?.language === 'ts')

describe('every block of the readme is executed', () => {
  test('the kinds of blocks', () => {
    expect(blocks.length).toBeGreaterThan(5)
    const unknown = blocks.filter((block) => rules[block.language] === undefined && !isElsewhere(block))
    expect(unknown.map(({ line, language }) => `README.md:${line}: a block of ${language}`)).toEqual([])
  })

  test.each(blocks.filter((block) => !isElsewhere(block)))('line $line: $language', async (block) => {
    await rules[block.language]?.(block)
  })

  test('no fence is overlooked', () => {
    expect(blocksOf('a\n```sh\nb\n```\nc\n```\nd\n```\n')).toMatchObject([
      { line: 2, language: 'sh', text: 'b\n', lead: 'a\n', before: null },
      { line: 6, language: '', text: 'd\n', lead: '\nc\n', before: { line: 2 } },
    ])
    expect(() => blocksOf('- ```sh\n  b\n  ```\n')).toThrow('2 fences make no 0 blocks')
  })

  test('an excerpt is whole lines, in order', () => {
    expect(behind('a\nb\nc\nd\n', 'a\n…\nc\n')).toBe('d\n')
    expect(behind('a\nb\n', 'b\n…\na\n')).toBeNull()
    expect(behind('ab\n', 'b\n')).toBeNull()
  })
})

test('the readme begins with its two commands', () => {
  const openings = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text)
  expect(openings).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n'])
  expect(blocks.slice(0, 2).map(({ text }) => text)).toEqual(openings)
  const steps = readFileSync(new URL('.ci/run', root), 'utf8').match(/^npm .*$/gm) ?? []
  expect(steps.slice(0, 2).join(' && ')).toBe('npm ci && npm test')
})

describe('every command that the readme names is there', () => {
  const named = [...readme.matchAll(/`((?:[A-Z]+=\S+ )*npm [^`]+)`/g)].map(([, line = '']) => line)

  test.each([...new Set(named)])('%s', checkCommand)

  test('the package that is packed has the name that is installed', () => {
    const { name, version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
    expect(readme).toContain(`\`npm install ${name}-${version}.tgz\``)
  })
})

test('every file that the readme names is there', () => {
  const files = [...readme.matchAll(/\]\(((?:src|fixtures)\/[^)]*|[A-Z.a-z]+)\)/g)].map(([, path = '']) => path)
  expect(files.length).toBeGreaterThan(20)
  expect(files.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})

test('the readme lists what programs can call', () => {
  const named = (module: string): readonly string[] =>
    (new RegExp(`^- \`${module}\`: ([^]*?)\\n(?:- |\\n)`, 'm').exec(readme)?.[1]?.match(/`\w+`/g) ?? []).map((name) =>
      name.slice(1, -1),
    )
  for (const module of ['asyncio', 'time', 'random', 'itertools', 'contextvars'] as const) {
    expect(named(module)).toEqual([...functionNames[module]])
  }
})
