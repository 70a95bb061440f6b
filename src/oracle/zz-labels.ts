import fc from 'fast-check'
import { print } from '../program/print.js'
import { run } from '../program/run.js'
import { programs } from './arbitrary-program.js'
import { labels, labelsOf } from './labels.js'

const N = Number(process.argv[2] ?? 1000)
const t0 = Date.now()
const ms = fc.sample(programs(), { numRuns: N, seed: 5 })
const t1 = Date.now()
const counts = new Map<string, number>()
const lines: number[] = [],
  events: number[] = []
for (const m of ms) {
  const t = run(m)
  lines.push(print(m).split('\n').length)
  events.push(t.events.length)
  for (const l of labelsOf(t)) counts.set(l, (counts.get(l) ?? 0) + 1)
  const k = 'V ' + t.verdict.kind
  counts.set(k, (counts.get(k) ?? 0) + 1)
}
console.log('generate', (t1 - t0) / N, 'ms; run', (Date.now() - t1) / N)
for (const l of [...labels, 'V finished', 'V raised'])
  console.log(l.padEnd(40), (((counts.get(l) ?? 0) / N) * 100).toFixed(1))
const q = (a: number[]) => {
  a.sort((x, y) => x - y)
  return [0.1, 0.5, 0.9, 1].map((p) => a[Math.min(a.length - 1, Math.floor(a.length * p))])
}
console.log('lines', q(lines), 'events', q(events))
