import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')

interface Cruise {
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string }
      readonly from: string
      readonly to: string
    }[]
  }
}

/** Every broken import rule in a source tree, as `rule: from → to`. */
function violations(top: string): string[] {
  const folders = ['src', 'properties', 'bench'].filter((folder) => existsSync(join(top, folder)))
  const config = join(root, '.dependency-cruiser.cjs')
  const args = [cruiser, '--config', config, '--output-type', 'json', ...folders]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: top, encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (stdout === '') throw new Error(stderr)
  const cruise = JSON.parse(stdout) as Cruise
  return cruise.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
}

/** The import directions once more, in words, so that a slip in the rules' patterns shows. */
const allowed: Record<string, string> = {
  persistent: '',
  trace: 'persistent',
  loop: 'persistent events',
  asyncio: 'loop persistent events',
  program: 'asyncio loop persistent trace events',
  exhibition: 'program asyncio loop persistent trace events',
  laws: 'trace events',
  schedule: 'loop',
  explore: 'schedule program laws trace loop events',
  oracle: 'program trace laws schedule loop events versions',
  implementations: 'program trace events implementation features versions',
  report: 'trace laws exhibition oracle events',
}

const targets: Record<string, string> = {
  events: 'trace/events',
  features: 'oracle/features',
  implementation: 'oracle/implementation',
  versions: 'asyncio/versions',
}
const pathOf = (name: string): string => targets[name] ?? `${name}/target`

/** A tree in which each folder imports, by type alone, every folder it may not import. */
function treeOfForbiddenImports(): { top: string; expected: string[] } {
  const top = mkdtempSync(join(tmpdir(), 'simul-imports-'))
  const folders = Object.keys(allowed)
  const expected: string[] = []
  for (const folder of folders) mkdirSync(join(top, 'src', folder), { recursive: true })
  copyFileSync(join(root, 'tsconfig.json'), join(top, 'tsconfig.json'))
  for (const name of [...folders, ...Object.keys(targets)]) {
    writeFileSync(join(top, 'src', `${pathOf(name)}.ts`), 'export type Target = 1\n')
  }
  for (const folder of folders) {
    const lines: string[] = []
    for (const name of [...folders, ...Object.keys(targets)]) {
      const path = pathOf(name)
      lines.push(`export type { Target as ${name} } from '../${path}.js'`)
      const own = path.startsWith(`${folder}/`)
      const may = (allowed[folder] ?? '').split(' ').includes(name) || (folder === 'trace' && name === 'events')
      const whole = (allowed[folder] ?? '').split(' ').includes(path.split('/')[0] ?? '')
      if (!own && !may && !whole) expected.push(`direction-${folder}: src/${folder}/all.ts → src/${path}.ts`)
    }
    writeFileSync(join(top, 'src', folder, 'all.ts'), `${lines.join('\n')}\n`)
  }
  return { top, expected }
}

function sourceFiles(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(ts|mjs)$/.test(path),
  )
}

describe('architecture', () => {
  test('every import follows the rules', () => {
    expect(violations(root)).toEqual([])
  })

  test('the rules forbid exactly the imports that go against a direction', () => {
    const { top, expected } = treeOfForbiddenImports()
    try {
      const found = violations(top).filter((line) => line.startsWith('direction-'))
      expect(found.sort()).toEqual(expected.sort())
    } finally {
      rmSync(top, { recursive: true })
    }
  })

  test('no source file is longer than 300 lines', () => {
    const lengths = sourceFiles().map((path) => ({
      path,
      lines: readFileSync(join(root, 'src', path), 'utf8')
        .trimEnd()
        .split('\n').length,
    }))
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([])
  })
})
