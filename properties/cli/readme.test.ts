import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { functionNames } from '../../src/program/names.js'
import { command } from './command.js'

const root = new URL('../../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')

const examples = [...readme.matchAll(/```console\n\$ npm run simul -- (.*)\n([\s\S]*?)```/g)].map(
  ([, line = '', shown = '']) => [line, shown] as const,
)

test('the readme begins with its two commands', () => {
  expect(readme.match(/```sh\n[^`]*```/g)).toEqual([
    '```sh\nnpm ci && npm start\n```',
    '```sh\nnpm ci && npm test\n```',
  ])
})

test.each(examples)('simul %s writes what the readme shows', async (line, shown) => {
  const here = process.cwd()
  try {
    process.chdir(fileURLToPath(root))
    const { out, err } = await command(line.split(' '))
    expect(out + err).toBe(shown)
  } finally {
    process.chdir(here)
  }
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
  for (const module of ['asyncio', 'time', 'contextvars'] as const) {
    expect(named(module)).toEqual([...functionNames[module]])
  }
})
