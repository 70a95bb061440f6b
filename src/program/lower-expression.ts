import type { Value } from '../loop/value.js'
import { attribute } from './attribute.js'
import { type Builder, emit, fromSlot, here, intoSlot, land, takenFrom, temporary } from './builder.js'
import type { Activation, CallSite, Evaluate, Iteration, Store } from './code.js'
import { newSet } from './dicts.js'
import { functionOf } from './function-of.js'
import { listOf, refuseSent } from './lists.js'
import { lowerComprehension, lowerGeneratorExp } from './lower-comprehension.js'
import { lowerDict } from './lower-dict.js'
import { lowerElements, lowerSlice, spread } from './lower-display.js'
import { makeFunction } from './lower-function.js'
import { loadName, storeName } from './lower-name.js'
import { withSuper } from './lower-super.js'
import { assignTarget } from './lower-target.js'
import { binaryOperation, comparison, formatted, isTrue, subscript, unaryOperation } from './operations.js'
import { defaultValues } from './parameters.js'
import { childrenOf } from './parts.js'
import type { BoolOp, Call, Compare, Expression, IfExp, JoinedStr, Target, YieldFrom } from './syntax.js'

/**
 * Lowers an expression: what it calls and awaits becomes instructions, in Python's order of evaluation, and the rest a
 * function that gives the value behind them.
 */
export const lowerExpression = (builder: Builder, expression: Expression): Evaluate => {
  switch (expression.kind) {
    case 'Constant': {
      const { value } = expression
      return () => value
    }
    case 'Name':
      return loadName(builder, expression.id)
    case 'Tuple': {
      const items = lowerElements(builder, expression, lowerOperands)
      return (activation) => ({ kind: 'tuple', items: items(activation) })
    }
    case 'List': {
      const items = lowerElements(builder, expression, lowerOperands)
      return (activation) => listOf(activation, items(activation))
    }
    case 'Dict':
      return lowerDict(builder, expression, { lowerExpression, lowerOperands })
    case 'Set': {
      const elements = lowerElements(builder, expression, lowerOperands)
      return (activation) => newSet(activation, elements(activation))
    }
    case 'Slice':
      return lowerSlice(builder, expression, lowerOperands)
    case 'Starred':
      throw new TypeError('a starred expression alone')
    case 'NamedExpr': {
      const slot = temporary(builder)
      lowerInto(builder, expression.value, intoSlot(slot))
      emit(builder, { op: 'evaluate', value: fromSlot(slot), into: storeName(builder, expression.target.id) })
      return fromSlot(slot)
    }
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      return lowerComprehension(builder, expression, { lowerExpression, lowerInto, lowerOperands, assignFrom })
    case 'GeneratorExp':
      return lowerGeneratorExp(builder, expression, lowerExpression)
    case 'Lambda':
      return makeFunction(builder, functionOf(expression), lowerOperands(builder, defaultValues(expression)))
    case 'BinOp':
      return binaryOperation(expression.op, ...lowerPair(builder, expression.left, expression.right))
    case 'UnaryOp':
      return unaryOperation(expression.op, lowerExpression(builder, expression.operand))
    case 'BoolOp':
      return lowerBoolOp(builder, expression)
    case 'Compare':
      return lowerCompare(builder, expression)
    case 'IfExp':
      return lowerIfExp(builder, expression)
    case 'Call':
    case 'Await':
    case 'Yield':
    case 'YieldFrom': {
      const slot = temporary(builder)
      lowerInto(builder, expression, intoSlot(slot))
      return takenFrom(slot)
    }
    case 'Attribute':
      return attribute(lowerExpression(builder, expression.value), expression.attr)
    case 'Subscript':
      return subscript(...lowerPair(builder, expression.value, expression.slice))
    case 'JoinedStr':
      return lowerJoinedStr(builder, expression)
  }
}

/** Lowers an expression whose value goes straight to where it is wanted. */
export const lowerInto = (builder: Builder, expression: Expression, into: Store | null): void => {
  if (expression.kind === 'Call') {
    emit(builder, { op: 'call', call: lowerCall(builder, expression), awaited: false, into })
  } else if (expression.kind === 'Await' && expression.value.kind === 'Call') {
    const slot = temporary(builder)
    emit(builder, { op: 'call', call: lowerCall(builder, expression.value), awaited: true, into: intoSlot(slot) })
    emit(builder, { op: 'await', value: takenFrom(slot), into })
  } else if (expression.kind === 'Await') {
    emit(builder, { op: 'await', value: lowerExpression(builder, expression.value), into })
  } else if (expression.kind === 'Yield') {
    const value = expression.value === null ? nothing : lowerExpression(builder, expression.value)
    emit(builder, { op: 'yield', value, into })
  } else if (expression.kind === 'YieldFrom') {
    emit(builder, { op: 'evaluate', value: lowerYieldFrom(builder, expression), into })
  } else {
    emit(builder, { op: 'evaluate', value: lowerExpression(builder, expression), into })
  }
}

const nothing: Evaluate = () => null

/**
 * Lowers `yield from`. What can be sent something is one instruction; of anything else the items are yielded one by one, and
 * nothing but None can be sent. Its value is None then.
 */
const lowerYieldFrom = (builder: Builder, { value }: YieldFrom): Evaluate => {
  const [iterator, item, sent, result] = [
    temporary(builder),
    temporary(builder),
    temporary(builder),
    temporary(builder),
  ]
  const iterable = lowerExpression(builder, value)
  emit(builder, { op: 'evaluate', value: nothing, into: intoSlot(result) })
  emit(builder, { op: 'delegate', value: iterable, slot: iterator, into: intoSlot(result) })
  const begin = here(builder)
  const next = emit(builder, { op: 'next', slot: iterator, into: intoSlot(item), to: -1 })
  emit(builder, { op: 'yield', value: fromSlot(item), into: intoSlot(sent) })
  const check: Evaluate = (activation) => {
    if (activation.slots[sent] !== null) throw refuseSent(activation.slots[iterator] as Iteration)
    return null
  }
  emit(builder, { op: 'evaluate', value: check, into: null })
  emit(builder, { op: 'jump', to: begin })
  land(builder, next)
  return fromSlot(result)
}

/** Whether an expression needs instructions of its own. */
const emits = (expression: Expression): boolean =>
  expression.kind === 'Call' ||
  expression.kind === 'Await' ||
  expression.kind === 'Yield' ||
  expression.kind === 'YieldFrom' ||
  expression.kind === 'ListComp' ||
  expression.kind === 'SetComp' ||
  expression.kind === 'DictComp' ||
  expression.kind === 'GeneratorExp' ||
  expression.kind === 'NamedExpr' ||
  expression.kind === 'Starred' ||
  (expression.kind === 'Dict' && expression.keys.includes(null)) ||
  childrenOf(expression).some(emits)

/** Lowers operands from left to right; one that comes before a call or await is evaluated before it. */
export const lowerOperands = (builder: Builder, operands: readonly Expression[]): readonly Evaluate[] =>
  operands.map((operand, index) => {
    const value = lowerExpression(builder, operand)
    return operand.kind === 'Constant' || !operands.slice(index + 1).some(emits)
      ? value
      : kept(builder, value, takenFrom)
  })

const lowerPair = (builder: Builder, left: Expression, right: Expression): readonly [Evaluate, Evaluate] => {
  const [first, second] = lowerOperands(builder, [left, right])
  if (first === undefined || second === undefined) throw new TypeError('two operands')
  return [first, second]
}

/** Evaluates now what is used later. */
const kept = (builder: Builder, value: Evaluate, from = fromSlot): Evaluate => {
  const slot = temporary(builder)
  emit(builder, { op: 'evaluate', value, into: intoSlot(slot) })
  return from(slot)
}

const lowerCall = (builder: Builder, call: Call): CallSite => {
  const { func, args, keywords } = withSuper(builder, call)
  const operands = [
    func,
    ...args.map((argument) => (argument.kind === 'Starred' ? spread(argument.value) : argument)),
    ...keywords.map(({ value }) => value),
  ]
  const [callee, ...rest] = lowerOperands(builder, operands)
  const at = (index: number): Evaluate => {
    const value = index < 0 ? callee : rest[index]
    if (value === undefined) throw new RangeError(`no operand ${index}`)
    return value
  }
  return {
    func: at(-1),
    args: args.map((argument, index) => ({ value: at(index), starred: argument.kind === 'Starred' })),
    keywords: keywords.map(({ arg }, index) => ({ name: arg, value: at(args.length + index) })),
  }
}

const lowerBoolOp = (builder: Builder, { op, values }: BoolOp): Evaluate => {
  const stops = (activation: Activation, value: Value): boolean => isTrue(activation, value) === (op === 'Or')
  if (!values.some(emits)) {
    const operands = values.map((value) => lowerExpression(builder, value))
    return (activation) => {
      let value: Value = null
      for (const operand of operands) {
        value = operand(activation)
        if (stops(activation, value)) return value
      }
      return value
    }
  }
  const slot = temporary(builder)
  const exits = values.flatMap((value, index) => {
    lowerInto(builder, value, intoSlot(slot))
    if (index === values.length - 1) return []
    const test: Evaluate = (activation) => !stops(activation, activation.slots[slot] as Value)
    return [emit(builder, { op: 'branch', test, to: -1 })]
  })
  land(builder, ...exits)
  return fromSlot(slot)
}

const lowerCompare = (builder: Builder, { left, ops, comparators }: Compare): Evaluate => {
  if (!comparators.some(emits)) {
    const first = lowerExpression(builder, left)
    const rest = comparators.map((comparator) => lowerExpression(builder, comparator))
    return comparison(first, ops, rest)
  }
  const slot = temporary(builder)
  let before = lowerExpression(builder, left)
  const exits = ops.flatMap((op, index) => {
    const comparator = comparators[index]
    if (comparator === undefined) throw new RangeError(`no comparator ${index}`)
    const first = kept(builder, before)
    before = kept(builder, lowerExpression(builder, comparator))
    emit(builder, { op: 'evaluate', value: comparison(first, [op], [before]), into: intoSlot(slot) })
    return index === ops.length - 1 ? [] : [emit(builder, { op: 'branch', test: fromSlot(slot), to: -1 })]
  })
  land(builder, ...exits)
  return fromSlot(slot)
}

const lowerIfExp = (builder: Builder, { test, body, orelse }: IfExp): Evaluate => {
  const condition = lowerExpression(builder, test)
  if (!emits(body) && !emits(orelse)) {
    const [then, otherwise] = [lowerExpression(builder, body), lowerExpression(builder, orelse)]
    return (activation) => (isTrue(activation, condition(activation)) ? then(activation) : otherwise(activation))
  }
  const slot = temporary(builder)
  const branch = emit(builder, { op: 'branch', test: condition, to: -1 })
  lowerInto(builder, body, intoSlot(slot))
  const jump = emit(builder, { op: 'jump', to: -1 })
  land(builder, branch)
  lowerInto(builder, orelse, intoSlot(slot))
  land(builder, jump)
  return fromSlot(slot)
}

const lowerJoinedStr = (builder: Builder, { values }: JoinedStr): Evaluate => {
  const operands = lowerOperands(
    builder,
    values.map((part) => (part.kind === 'Constant' ? part : part.value)),
  )
  const parts = values.map((part, index) => {
    const value = operands[index]
    if (value === undefined) throw new RangeError(`no part ${index}`)
    return part.kind === 'Constant' ? value : formatted(value, part.conversion, part.format_spec)
  })
  return (activation) => parts.map((part) => part(activation)).join('')
}

/** Assigns what is in a slot. The value is there before any part of the target is evaluated. */
export const assignFrom = (builder: Builder, slot: number, target: Target): void =>
  assignTarget(builder, slot, target, lowerOperands)
