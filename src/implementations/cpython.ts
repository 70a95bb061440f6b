import { fileURLToPath } from 'node:url'
import { type Bounds, defaultBounds, type Implementation } from '../oracle/implementation.js'
import { inChildProcess } from './child.js'

export interface CPythonOptions extends Partial<Bounds> {
  /** The npm package that holds the build, `pyodide-3.13.2` by default. */
  readonly build?: string
}

/** The real CPython, embedded: a Pyodide build in a child process, loaded once for many programs. */
export function cpython({ build = 'pyodide-3.13.2', ...bounds }: CPythonOptions = {}): Promise<Implementation> {
  const worker = fileURLToPath(new URL('./pyodide-worker.mjs', import.meta.url))
  return inChildProcess('CPython (Pyodide)', [process.execPath, worker, build], { ...defaultBounds, ...bounds })
}
