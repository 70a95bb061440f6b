import type { Value } from '../loop/value.js'
import type { Builder } from './builder.js'
import type { Activation, Evaluate } from './code.js'
import { SPREAD } from './names.js'
import type { Call, Constant, Expression, List, SetDisplay, Slice, Tuple } from './syntax.js'

type LowerOperands = (builder: Builder, operands: readonly Expression[]) => readonly Evaluate[]

const nothing: Evaluate = () => null

/** The elements of a display; what is starred is made a tuple of before the next is evaluated. */
export const lowerElements = (
  builder: Builder,
  { kind, elts }: Tuple | List | SetDisplay,
  lowerOperands: LowerOperands,
): ((activation: Activation) => readonly Value[]) => {
  const how: Constant = { kind: 'Constant', value: kind === 'Set' ? 'set' : 'display' }
  const operands = lowerOperands(
    builder,
    elts.map((element) => (element.kind === 'Starred' ? spread(element.value, how) : element)),
  )
  return (activation) =>
    operands.flatMap((operand, index) => {
      const value = operand(activation)
      if (elts[index]?.kind !== 'Starred') return [value]
      return typeof value === 'object' && value?.kind === 'tuple' ? value.items : []
    })
}

/** The parts of a slice. */
export const lowerSlice = (builder: Builder, { lower, upper, step }: Slice, lowerOperands: LowerOperands): Evaluate => {
  const none: Constant = { kind: 'Constant', value: null }
  const [start = nothing, stop = nothing, stride = nothing] = lowerOperands(
    builder,
    [lower, upper, step].map((part) => part ?? none),
  )
  return (activation) => ({
    kind: 'slice',
    start: start(activation),
    stop: stop(activation),
    step: stride(activation),
  })
}

/** What stands behind a star: a generator is made a tuple of before the next argument is evaluated. */
export const spread = (value: Expression, ...how: readonly Constant[]): Call => ({
  kind: 'Call',
  func: { kind: 'Name', id: SPREAD },
  args: [value, ...how],
  keywords: [],
})
