// A process of its own, because there is one coverage for all of a process: programs in, the rules of each out.
import type { Debugger, Profiler, Runtime } from 'node:inspector'
import { Session } from 'node:inspector/promises'
import { text } from 'node:stream/consumers'
import { type RuleName, rules } from '../asyncio/rules.js'
import { newestPython } from '../asyncio/versions.js'
import type { Machine } from '../loop/machine.js'
import { parse } from '../program/parse.js'
import { run } from '../program/run.js'
import type { Measured } from './exercised.js'
import { pythonOf } from './replay.js'

/** A function that implements a rule, and where V8 has it. */
interface Place {
  readonly rule: RuleName
  readonly script: string
  /** The offset in the script at which the function begins. */
  readonly start: number
}

const names = Object.keys(rules) as readonly RuleName[]

/** A rule is a function, or a machine: then it is what the machine does in each of its states. */
const functionsOf = (rule: RuleName): readonly (readonly [RuleName, unknown])[] => {
  const { implementedBy } = rules[rule]
  if (typeof implementedBy === 'function') return [[rule, implementedBy]]
  const { states } = implementedBy as Machine
  return Object.values(states)
    .flatMap(Object.values)
    .map((step) => [rule, step] as const)
}

/** Where V8 has the functions that implement the rules. */
const placesOf = async (session: Session): Promise<readonly Place[]> => {
  const functions = names.flatMap(functionsOf)
  Object.assign(globalThis, { implementations: functions.map(([, implementation]) => implementation) })
  await session.post('Debugger.enable')
  const all = await session.post('Runtime.evaluate', { expression: 'implementations' })
  const { result } = await propertiesOf(session, all.result)
  return Promise.all(functions.map(([rule], index) => placeOf(session, rule, result[index]?.value)))
}

const propertiesOf = (session: Session, object: Runtime.RemoteObject | undefined) =>
  session.post('Runtime.getProperties', { objectId: object?.objectId ?? '', ownProperties: true })

const placeOf = async (session: Session, rule: RuleName, of: Runtime.RemoteObject | undefined): Promise<Place> => {
  const { internalProperties } = await propertiesOf(session, of)
  const found = internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value
  if (found === undefined) throw new Error(`V8 does not say where the rule ${rule} is`)
  const { scriptId, lineNumber, columnNumber = 0 }: Debugger.Location = found
  const { scriptSource } = await session.post('Debugger.getScriptSource', { scriptId })
  const before = scriptSource.split('\n').slice(0, lineNumber)
  return { rule, script: scriptId, start: before.reduce((sum, line) => sum + line.length + 1, 0) + columnNumber }
}

const hasRun = (coverage: readonly Profiler.ScriptCoverage[], { script, start }: Place): boolean =>
  coverage
    .filter(({ scriptId }) => scriptId === script)
    .some(({ functions }) => functions.some(({ ranges: [range] }) => range?.startOffset === start && range.count > 0))

/** The rules that each program exercises on one of its Pythons at least. */
const measure = async (programs: readonly Measured[]): Promise<readonly (readonly RuleName[])[]> => {
  const session = new Session()
  session.connect()
  const places = await placesOf(session)
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  const measured: (readonly RuleName[])[] = []
  for (const { text: program, versions } of programs) {
    const module = parse(program, 'program.py', { python: versions[0] ?? newestPython.version })
    await session.post('Profiler.takePreciseCoverage')
    for (const version of versions) run(module, { python: pythonOf(version) })
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const ran = new Set(places.filter((place) => hasRun(result, place)).map(({ rule }) => rule))
    measured.push(names.filter((name) => ran.has(name)))
  }
  return measured
}

process.stdout.write(JSON.stringify(await measure(JSON.parse(await text(process.stdin)))))
