// Asks the grammar of an embedded CPython, of the npm package named by the first argument: questions come as JSON, pairs of a
// text and the minor version that it is to be read as; for each goes back whether it is a program.

import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const entry = import.meta.resolve(`${process.argv[2]}/pyodide.mjs`)
const { loadPyodide } = await import(entry)
const quiet = () => undefined
for (const method of ['log', 'info', 'warn', 'error']) console[method] = quiet
const pyodide = await loadPyodide({ indexURL: dirname(fileURLToPath(entry)), stdout: quiet, stderr: quiet })
const ask = pyodide.runPython(`
import ast
import json
import warnings

def is_program(text, minor):
    try:
        ast.parse(text, feature_version=(3, minor))
        return True
    except SyntaxError:
        return False

def ask(questions):
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return json.dumps([is_program(text, minor) for text, minor in json.loads(questions)])

ask
`)
process.stdout.write(ask(await text(process.stdin)))
