import { featuresOf } from '../oracle/features.js'
import { ask, type Bounds, defaultBounds, type Implementation, isInconclusive } from '../oracle/implementation.js'
import { parse } from '../program/parse.js'
import { print } from '../program/print.js'
import { run } from '../program/run.js'
import { SyntaxRefusal } from '../program/source.js'
import type { Module } from '../program/syntax.js'
import { describeDifference, difference } from '../trace/difference.js'
import type { Trace } from '../trace/events.js'
import { exercised, type Measure } from './exercised.js'
import { vectorText, withoutLines } from './json.js'
import { descriptionOf, type Source } from './source.js'
import { type Expected, type Vector, versionsOf } from './vector.js'

/** What came of a source. */
export type Recorded =
  /** The text of its file. */
  | { readonly kind: 'vector'; readonly id: string; readonly text: string }
  /** No vector can be made of it, and why. */
  | { readonly kind: 'refused'; readonly id: string; readonly reason: string }

/** What one implementation told of a program. */
type Answer =
  | { readonly kind: 'trace'; readonly version: string; readonly program: Module; readonly trace: Trace }
  /** Its Python does not have what the program uses, and why. */
  | { readonly kind: 'lacks'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Makes a vector of each source: runs it on real implementations, oldest first, and measures which rules it exercises. It is
 * refused where the model tells anything else than an implementation.
 */
export const record = async (
  sources: readonly Source[],
  implementations: readonly Implementation[],
  onProgress: () => void = () => undefined,
  measure: Measure = exercised,
): Promise<readonly Recorded[]> => {
  const asked = implementations.map(async (implementation) => {
    const answers: Answer[] = []
    for (const source of sources) {
      answers.push(await answerOf(implementation, source))
      onProgress()
    }
    return answers
  })
  const answers = await Promise.all(asked)
  const drafts = sources.map((source, index) =>
    draft(
      source,
      answers.flatMap((of) => of[index] ?? []),
    ),
  )
  return withRules(drafts, measure)
}

const answerOf = async (implementation: Implementation, source: Source): Promise<Answer> => {
  const { name, version, features, python } = implementation
  const program = parsed(source, version)
  if ('reason' in program) return { kind: 'lacks', reason: program.reason }
  const missing = featuresOf(print(program)).filter((feature) => !features.includes(feature))
  if (missing.length > 0) return { kind: 'lacks', reason: `${source.id}: ${name} lacks ${missing.join(', ')}` }
  const model = run(program, { python, turns: bounds.maxTurns })
  const refused = (reason: string): Answer => ({ kind: 'refused', reason: `${source.id} on ${name}: ${reason}` })
  if (model.verdict.kind === 'unmodelled') return refused(model.verdict.reason)
  const trace = await ask(implementation, source.text, bounds)
  if (isInconclusive(trace)) return refused(trace.inconclusive)
  const found = difference(trace, model)
  if (found !== null) return refused(`the model differs\n${describeDifference(found)}`)
  return { kind: 'trace', version, program, trace }
}

const bounds: Bounds = defaultBounds

/** The program as a version of Python reads it, or why that cannot. */
const parsed = ({ text, id }: Source, python: string): Module | { readonly reason: string } => {
  try {
    return parse(text, `${id}.py`, { python })
  } catch (caught) {
    if (caught instanceof SyntaxRefusal) return { reason: caught.message }
    throw caught
  }
}

/** A vector whose rules are not measured yet. */
type Draft = { readonly kind: 'draft'; readonly id: string; readonly vector: Vector } | (Recorded & { kind: 'refused' })

const draft = (source: Source, answers: readonly Answer[]): Draft => {
  const { id, topic, name, text } = source
  const refused = (...reasons: readonly string[]): Draft => ({
    kind: 'refused',
    id,
    reason: [...new Set(reasons)].join('\n'),
  })
  const reasons = answers.flatMap((answer) => (answer.kind === 'refused' ? [answer.reason] : []))
  if (reasons.length > 0) return refused(...reasons)
  const description = descriptionOf(text)
  if (description === '') return refused(`${id}.py:1: a comment must say what it shows`)
  const [first] = answers.flatMap((answer) => (answer.kind === 'trace' ? [answer] : []))
  if (first === undefined) return refused(...answers.flatMap((answer) => ('reason' in answer ? [answer.reason] : [])))
  const program = withoutLines(first.program)
  const features = featuresOf(print(program))
  const vector = { name, topic, description, features, rules: [], text, program, expected: grouped(answers) }
  return { kind: 'draft', id, vector }
}

/** Versions on which the very same happened share one trace. */
const grouped = (answers: readonly Answer[]): readonly Expected[] => {
  const groups: { readonly versions: string[]; readonly trace: Trace }[] = []
  for (const answer of answers) {
    if (answer.kind !== 'trace') continue
    const group = groups.find(({ trace }) => difference(trace, answer.trace) === null)
    if (group === undefined) groups.push({ versions: [answer.version], trace: answer.trace })
    else group.versions.push(answer.version)
  }
  return groups
}

const withRules = async (drafts: readonly Draft[], measure: Measure): Promise<readonly Recorded[]> => {
  const vectors = drafts.flatMap((each) => (each.kind === 'draft' ? [each.vector] : []))
  const rules = await measure(vectors.map((vector) => ({ text: vector.text, versions: versionsOf(vector) })))
  const rulesOf = new Map(vectors.map((vector, index) => [vector, rules[index] ?? []]))
  return drafts.map((each) =>
    each.kind === 'refused'
      ? each
      : { kind: 'vector', id: each.id, text: vectorText({ ...each.vector, rules: rulesOf.get(each.vector) ?? [] }) },
  )
}
