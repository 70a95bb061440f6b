import { readFileSync } from 'node:fs'
import { parse } from '../program/parse.js'
import { run } from '../program/run.js'

const r = run(parse(readFileSync(process.argv[2] ?? '', 'utf8')))
for (const e of r.events)
  if (process.argv[3] || e.event === 'Printed') console.log(process.argv[3] ? JSON.stringify(e) : (e as any).text)
console.log(r.verdict)
