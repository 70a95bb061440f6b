import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { format } from '../../src/vectors/vector.js'
import { contentOf } from './vectors.js'

const fixtures = new URL('../../fixtures/', import.meta.url)
const readme = readFileSync(new URL('README.md', fixtures), 'utf8')

test('the contract names all of a vector, and the version of its form', () => {
  const named = [...readme.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) => names.split(', '))
  const fields = Object.keys(JSON.parse(contentOf('schema.json')).properties).filter((name) => name !== '$schema')
  expect(named).toEqual(fields.map((name) => `\`${name}\``))
  expect(readme).toContain(`| \`format\` | ${format}. `)
})

test('the contract names everything that stands beside it', () => {
  const beside = readdirSync(fixtures, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .filter((name) => name !== 'README.md')
  for (const name of beside) expect(readme).toContain(`\n| \`${name}\` |`)
})

test('every file that the contract names is there', () => {
  const files = [...readme.matchAll(/\]\(([^)#]*)\)/g)].map(([, path = '']) => path)
  expect(files.length).toBeGreaterThan(3)
  expect(files.filter((path) => !existsSync(new URL(path, fixtures)))).toEqual([])
})

test('the script that replays the vectors is as short as the contract says', () => {
  const script = readFileSync(new URL('replay.py', fixtures), 'utf8')
  expect(readme).toContain('`python3 fixtures/replay.py` does all this in less than a hundred lines')
  expect(script.split('\n').length).toBeLessThan(100)
})
