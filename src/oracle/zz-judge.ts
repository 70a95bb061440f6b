import { readFileSync } from 'node:fs'
import { cpython } from '../implementations/cpython.js'

const j = await cpython()
const r = await j.run(readFileSync(process.argv[2] ?? '', 'utf8'))
if ('events' in r) {
  for (const e of r.events)
    if (process.argv[3] || e.event === 'Printed') console.log(process.argv[3] ? JSON.stringify(e) : (e as any).text)
  console.log(r.verdict)
} else console.log(r)
await j.close()
