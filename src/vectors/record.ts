import { featuresOf } from '../oracle/features.js'
import { ask, type Bounds, defaultBounds, type Implementation, isInconclusive } from '../oracle/implementation.js'
import { parse } from '../program/parse.js'
import { print } from '../program/print.js'
import { run } from '../program/run.js'
import { SyntaxRefusal } from '../program/source.js'
import type { Module } from '../program/syntax.js'
import { describeDifference, difference } from '../trace/difference.js'
import type { Trace } from '../trace/events.js'
import { exercised } from './exercised.js'
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
  | { readonly kind: 'trace'; readonly version: string; readonly trace: Trace }
  /** It lacks a feature. */
  | { readonly kind: 'lacks' }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Makes a vector of each source: runs it on real implementations, oldest first, and measures which rules it exercises. It is
 * refused where the model tells anything else than an implementation.
 */
export const record = async (
  sources: readonly Source[],
  implementations: readonly Implementation[],
  onProgress: () => void = () => undefined,
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
  return withRules(drafts)
}

const answerOf = async (implementation: Implementation, source: Source): Promise<Answer> => {
  const program = parsed(source)
  if ('reason' in program) return { kind: 'refused', reason: program.reason }
  const { name, version, features, python } = implementation
  if (featuresOf(print(program)).some((feature) => !features.includes(feature))) return { kind: 'lacks' }
  const model = run(program, { python, turns: bounds.maxTurns })
  const refused = (reason: string): Answer => ({ kind: 'refused', reason: `${source.id} on ${name}: ${reason}` })
  if (model.verdict.kind === 'unmodelled') return refused(model.verdict.reason)
  const real = await ask(implementation, source.text, bounds)
  if (isInconclusive(real)) return refused(real.inconclusive)
  const found = difference(real, model)
  if (found !== null) return refused(`the model differs\n${describeDifference(found)}`)
  return { kind: 'trace', version, trace: real }
}

const bounds: Bounds = defaultBounds

const parsed = ({ text, id }: Source): Module | { readonly reason: string } => {
  try {
    return parse(text, `${id}.py`)
  } catch (caught) {
    if (caught instanceof SyntaxRefusal) return { reason: caught.message }
    throw caught
  }
}

/** A vector whose rules are not measured yet. */
type Draft = { readonly kind: 'draft'; readonly id: string; readonly vector: Vector } | (Recorded & { kind: 'refused' })

const draft = (source: Source, answers: readonly Answer[]): Draft => {
  const { id, topic, name, text } = source
  const reasons = answers.flatMap((answer) => (answer.kind === 'refused' ? [answer.reason] : []))
  const program = parsed(source)
  if ('reason' in program) return { kind: 'refused', id, reason: program.reason }
  if (reasons.length > 0) return { kind: 'refused', id, reason: reasons.join('\n') }
  const description = descriptionOf(text)
  if (description === '') return { kind: 'refused', id, reason: `${id}.py:1: a comment must say what it shows` }
  const expected = grouped(answers)
  if (expected.length === 0) return { kind: 'refused', id, reason: `${id}: no implementation has all that it uses` }
  const features = featuresOf(print(program))
  const vector = { name, topic, description, features, rules: [], text, program: withoutLines(program), expected }
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

const withRules = async (drafts: readonly Draft[]): Promise<readonly Recorded[]> => {
  const vectors = drafts.flatMap((each) => (each.kind === 'draft' ? [each.vector] : []))
  const rules = await exercised(vectors.map((vector) => ({ text: vector.text, versions: versionsOf(vector) })))
  const rulesOf = new Map(vectors.map((vector, index) => [vector, rules[index] ?? []]))
  return drafts.map((each) =>
    each.kind === 'refused'
      ? each
      : { kind: 'vector', id: each.id, text: vectorText({ ...each.vector, rules: rulesOf.get(each.vector) ?? [] }) },
  )
}
