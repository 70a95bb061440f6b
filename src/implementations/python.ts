import { fileURLToPath } from 'node:url'
import { type Bounds, defaultBounds, type Implementation } from '../oracle/implementation.js'
import { inChildProcess } from './child.js'

/** The real CPython, native: an executable of version 3.8 or later, started once for many programs. */
export function python(executable = 'python3', bounds: Partial<Bounds> = {}): Promise<Implementation> {
  const harness = fileURLToPath(new URL('./harness.py', import.meta.url))
  const command = [executable, '-B', harness, '--serve'] as const
  return inChildProcess(`python:${executable}`, command, { ...defaultBounds, ...bounds })
}
