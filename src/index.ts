/**
 * The public door of Simul. A program is parsed, prepared and run; its worlds can be gone through turn by turn; its trace
 * can be held against the laws, or against the trace of another event loop. The random programs stand in `simul/arbitrary`,
 * the real CPythons in `simul/python`.
 */

export { type RuleName, rules } from './asyncio/rules.js'
export { changes, newestPython, pythonAt } from './asyncio/versions.js'
export type * from './exhibition/exhibition.js'
export { introduction } from './exhibition/exhibition.js'
export { type Summary, summarise } from './exhibition/summary.js'
export { type Claim, claims } from './laws/claims.js'
export type { Evidence as LawEvidence, Law, LawVerdict } from './laws/law.js'
export { laws } from './laws/laws.js'
export type { Interpreter } from './loop/coroutine.js'
export { type Halt, isHalt } from './loop/halt.js'
export { violations } from './loop/invariant.js'
export type { Python } from './loop/python.js'
export { eventsOf } from './loop/record.js'
export type { Rule } from './loop/rule.js'
export { advance, type Bounds } from './loop/run.js'
export { beginTurn, type Choose, step, turn } from './loop/turn.js'
export type { ExceptionValue, Value } from './loop/value.js'
export type { Future, Handle, Loop, Task, World } from './loop/world.js'
export { type Agreement, type AgreeOptions, agree, type Comparison, compare, type Evidence } from './oracle/agree.js'
export { allFeatures, type Feature } from './oracle/features.js'
export {
  type Implementation,
  type Inconclusive,
  implementation,
  isInconclusive,
  type Run,
} from './oracle/implementation.js'
export { type Era, eras, type Feature as PythonFeature, history, newestVersion } from './program/history.js'
export { earliestVersion, type Need, needsOf } from './program/needs.js'
export { type ParseOptions, parse } from './program/parse.js'
export { print } from './program/print.js'
export { inStyleOf } from './program/restyle.js'
export {
  defaultBounds,
  type Prepared,
  type PrepareOptions,
  prepare,
  type RunOptions,
  run,
  traceOf,
} from './program/run.js'
export { SyntaxRefusal } from './program/source.js'
export type * from './program/syntax.js'
export { agreementText, comparisonText, evidenceText } from './report/evidence.js'
export { type Difference, describeDifference, difference } from './trace/difference.js'
export type * from './trace/events.js'
