import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Build, builds } from '../asyncio/versions.js'
import { type Bounds, defaultBounds, type Implementation } from '../oracle/implementation.js'
import { inChildProcess } from './child.js'

/** The npm packages that hold the builds: each is an optional peer of this one. */
const packages: Readonly<Record<Build, string>> = {
  '3.10.2': 'pyodide@0.22.1',
  '3.11.3': 'pyodide@0.25.1',
  '3.12.7': 'pyodide@0.27.7',
  '3.13.2': 'pyodide@0.29.5',
  '3.14.2': 'pyodide@314.0.7',
}

/** The newest of the builds. */
export const newestBuild: Build = '3.14.2'

/**
 * The real CPython, embedded: a Pyodide build in a child process, loaded once for many programs. Rejects where the package
 * that holds it is not installed.
 */
export async function cpython(build: Build = newestBuild, bounds: Partial<Bounds> = {}): Promise<Implementation> {
  const name = `cpython-${build}`
  const entry = entryOf(`pyodide-${build}`)
  if (entry === null) {
    throw new Error(`${name} is not installed: npm install pyodide-${build}@npm:${packages[build]}`)
  }
  const worker = fileURLToPath(new URL('./pyodide-worker.mjs', import.meta.url))
  return inChildProcess(name, [process.execPath, worker, entry], { ...defaultBounds, ...bounds })
}

/** Whether a name is that of an embedded build. */
export const isBuild = (version: string): version is Build => builds.some((build) => build === version)

const entryOf = (name: string): string | null => {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve(`${name}/pyodide.mjs`)).href
  } catch {
    return null
  }
}
