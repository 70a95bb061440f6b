import fc from 'fast-check'
import { programTexts } from './src/oracle/arbitrary-program.js'
import { labelsOf } from './src/oracle/labels.js'
import { parse } from './src/program/parse.js'
import { run } from './src/program/run.js'
import { writeFileSync } from 'node:fs'
const count = new Map<string, number>()
const add = (k: string) => count.set(k, (count.get(k) ?? 0) + 1)
const n = 1500
for (const text of fc.sample(programTexts(), { numRuns: n, seed: 5 })) {
  const has = /async for|__anext__|aclose|anext\(/.test(text)
  if (has) add('has')
  const trace = run(parse(text))
  if (trace.verdict.kind === 'unmodelled') { add('unmodelled ' + trace.verdict.reason); if (/uncertain/.test(trace.verdict.reason)) writeFileSync('/tmp/ag/un' + (count.get('unmodelled ' + trace.verdict.reason)) + '.py', text) }
  for (const l of labelsOf(trace)) if (/generator/.test(l)) add(l)
}
console.log([...count].map(([k, v]) => `${k}: ${v}`).join('\n'))
