// A child process around one embedded CPython; the first argument is the address of its `pyodide.mjs`.
// It speaks as `harness.py --serve` does: JSON lines, the greeting first, then one answer for each request.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const write = (answer) => process.stdout.write(`${answer}\n`)
const quiet = () => undefined
for (const method of ['log', 'info', 'warn', 'error']) console[method] = quiet

const entry = process.argv[2]
const { loadPyodide } = await import(entry)
const pyodide = await loadPyodide({
  indexURL: dirname(fileURLToPath(entry)),
  env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0' },
  stdout: quiet,
  stderr: quiet,
})
const here = new URL('.', import.meta.url)
for (const name of readdirSync(here).filter((file) => /^harness\w*\.py$/.test(file))) {
  pyodide.FS.writeFile(`/home/pyodide/${name}`, readFileSync(new URL(name, here)))
}
const harness = pyodide.pyimport('harness')

write(harness.greeting())
for await (const line of createInterface({ input: process.stdin })) {
  const { text, maxTurns } = JSON.parse(line)
  try {
    write(harness.answer(text, maxTurns))
  } catch (error) {
    write(JSON.stringify({ inconclusive: `crash: ${error}`.slice(0, 300) }))
  }
}
