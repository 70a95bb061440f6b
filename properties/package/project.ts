import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a program gave that ran to its end. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a program in a folder. What npm tells its scripts is kept from it: it is as if a reader had called it. */
export const call = (folder: string, program: string, ...args: readonly string[]): Ended => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name)))
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 100_000,
  })
  if (error !== undefined) throw error
  return { code: status, out: stdout, err: stderr }
}

/** Runs a program that must end well, and gives what it wrote. */
export const output = (folder: string, program: string, ...args: readonly string[]): string => {
  const { code, out, err } = call(folder, program, ...args)
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')}: exit ${code}\n${out}${err}`)
  return out
}

/** A project that has the package. */
export interface Project {
  readonly folder: string
  /** The package as npm packed it. */
  readonly tarball: string
  /** What npm said when it installed it. */
  readonly said: string
}

/**
 * An empty project into which the package is installed, without a network: what it needs lies there already, copied from
 * here. npm accepts each only in a version that the package asks for.
 */
export const install = (): Project => {
  const top = mkdtempSync(join(tmpdir(), 'simul-package-'))
  output(root, 'npm', 'pack', '--pack-destination', top)
  const tarball = join(top, readdirSync(top)[0] ?? '')
  const folder = join(top, 'project')
  for (const path of needed()) cpSync(join(root, path), join(folder, path), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const { code, out, err } = call(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', tarball)
  if (code !== 0) throw new Error(`npm install: exit ${code}\n${out}${err}`)
  return { folder, tarball, said: out + err }
}

/** Where the packages lie that the package needs at run time, and those that they need. */
const needed = (): readonly string[] => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>
  }
  return Object.keys(packages).filter((path) => path !== '' && packages[path]?.dev !== true)
}

/** Every file below a folder, by its path in it. */
export const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
