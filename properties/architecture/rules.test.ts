import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type RuleName, rules } from '../../src/asyncio/rules.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const names = Object.keys(rules) as readonly RuleName[]

const filesBelow = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(root, folder, path))

/** A thing that a module of the model exports: where it is defined, and the comment right above. */
interface Definition {
  readonly file: string
  readonly name: string
  readonly comment: string
}

/** Every definition of the model by what it defines. */
async function definitions(): Promise<ReadonlyMap<unknown, Definition>> {
  const files = ['src/loop', 'src/asyncio'].flatMap((folder) => filesBelow(folder, '.ts'))
  const found = new Map<unknown, Definition>()
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    for (const [name, exported] of Object.entries(await import(pathToFileURL(file).href))) {
      const [, comment = ''] = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport const ${name}\\b`).exec(text) ?? []
      found.set(exported, { file, name, comment })
    }
  }
  return found
}

const defined = await definitions()

/** What the required list calls a function of CPython, and the name of its rule. */
const required: readonly RuleName[] = [
  '_run_once',
  'call_soon',
  'call_later',
  'call_at',
  'Handle.cancel',
  'Handle._run',
  'run_forever',
  'run_until_complete',
  'stop',
  'Future.cancel',
  'Future.result',
  'Future.exception',
  'Future.set_result',
  'Future.set_exception',
  'Future.add_done_callback',
  'Future.remove_done_callback',
  'Future.__schedule_callbacks',
  'Task.__step',
  'Task.__wakeup',
  'Task.cancel',
  'Task.uncancel',
  'Task.cancelling',
  'asyncio.run',
]

describe('the rules of the model', () => {
  test('each is cited by a property', () => {
    const texts = filesBelow('properties', '.test.ts').map((file) => readFileSync(file, 'utf8'))
    const cited = new Set(texts.flatMap((text) => [...text.matchAll(/\brule\('([^']+)'\)/g)].map(([, name]) => name)))
    expect(names.filter((name) => !cited.has(name))).toEqual([])
  })

  test.each(names)('%s: its code says which function of CPython it mirrors', (name) => {
    const definition = defined.get(rules[name].implementedBy)
    expect(definition).toBeDefined()
    const mirrored =
      rules[name].mirrors
        .replace(/ \(.*\)$/, '')
        .split(/[. ]/)
        .at(-1) ?? ''
    expect(definition?.comment, `the comment of ${definition?.name} in ${definition?.file}`).toContain(mirrored)
  })

  test.each(required)('%s is among them', (name) => {
    expect(names).toContain(name)
    expect(rules[name].says).toMatch(/^[A-Z].*\.$/)
    expect(rules[name].versions).toMatch(/^3\.\d+(\.\d+)? to 3\.14$/)
  })
})
