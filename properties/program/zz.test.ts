import { test, fc } from '@fast-check/vitest'
import { expect } from 'vitest'
import { writeFileSync } from 'node:fs'
import { print } from '../../src/program/print.js'
import { parse } from '../../src/program/parse.js'
import { arbitraryModule } from './arbitrary-module.js'
const strip = (x: unknown): unknown => Array.isArray(x) ? x.map(strip) : x !== null && typeof x === 'object' ? Object.fromEntries(Object.entries(x).filter(([k]) => k !== 'lineno').map(([k, v]) => [k, strip(v)])) : x
const json = (x: unknown) => JSON.stringify(x, (_k, v) => typeof v === 'bigint' ? { int: v.toString() } : typeof v === 'number' ? { float: v.toExponential(20) } : v)
test('a', () => {
  const bad: string[] = []
  const out: string[] = []
  for (const m of fc.sample(arbitraryModule, 5000)) { const t = print(m); out.push(json({ text: t, tree: m })); try { expect(strip(parse(t))).toEqual(m) } catch (e) { bad.push(t + '\n' + String(e).slice(0, 300)) } }
  bad.sort((a, b) => a.length - b.length)
  writeFileSync('/tmp/valid.jsonl', out.join('\n'))
  console.log(bad.length, bad.slice(0, 3).join('\n=====\n'))
  const alphabet = [...'()[]{}:;,.=\'"\\\n\t #*+-/%<>!@&|^~0_1xj', '    ', '  ', 'f"', "'''", 'r"', ' if ', ' else ', 'not ', ' in ', ' is ', 'await ', 'async ', 'lambda ', 'x', 'yield ', 'global x\n', 'nonlocal x\n', 'def f():', 'return', 'break', 'pass', '**', ':=', '==', '\\\n', '.5', '1.', 'e5', '{x}', '{{', '}}', '!r', 'import a', 'as x', 'from ', 'print ', 'for x in y', 'elif x:', 'else:', 'try:', 'except:', 'finally:', '\r', '\f', '0', 'None', 'True']
  const acc: string[] = []
  let refused = 0
  const crash: string[] = []
  const mut = fc.tuple(arbitraryModule.map(print).filter(t => t.length < 400), fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...alphabet)), { minLength: 1, maxLength: 3 })).map(([t, edits]) => edits.reduce((s, [p, del, ins]) => { const at = p % (s.length + 1); return s.slice(0, at) + (del === 3 ? '' : ins) + s.slice(at + (del === 0 ? 0 : del === 3 ? 1 : del - 1)) }, t))
  for (const t of fc.sample(mut, 30000)) {
    try { const m = parse(t); acc.push(json({ text: t, tree: strip(m) })) } catch (e) { if ((e as Error).name === 'SyntaxRefusal') refused++; else crash.push(t + String((e as Error).stack).slice(0, 400)) }
  }
  writeFileSync('/tmp/mutated.jsonl', acc.join('\n'))
  console.log('accepted', acc.length, 'refused', refused, 'crash', crash.length, crash[0])
})
