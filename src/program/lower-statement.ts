import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { forgetIterator } from './async-loop.js'
import { attribute, attributeTarget } from './attribute.js'
import { type Block, type Builder, emit, fromSlot, here, inBlock, intoSlot, land, temporary } from './builder.js'
import type { Activation, Evaluate, Store } from './code.js'
import { lowerAsyncFor } from './lower-async-for.js'
import { lowerClass } from './lower-class.js'
import { defineFunction } from './lower-decorators.js'
import { lowerDelete } from './lower-delete.js'
import { assignFrom, lowerExpression, lowerInto, lowerOperands } from './lower-expression.js'
import { loadName, storeName } from './lower-name.js'
import { putItem } from './lower-target.js'
import { lowerTry } from './lower-try.js'
import { lowerWith } from './lower-with.js'
import { importedMember, moduleNamed } from './names.js'
import { binaryOperation, getItem } from './operations.js'
import type { AugAssign, For, If, Return, Statement, While } from './syntax.js'

/** Lowers statements one after another. */
export const lowerBody = (builder: Builder, body: readonly Statement[]): void => {
  for (const statement of body) {
    builder.line = statement.lineno ?? builder.line
    lowerStatement(builder, statement)
  }
}

const lowerStatement = (builder: Builder, statement: Statement): void => {
  switch (statement.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return defineFunction(builder, statement)
    case 'ClassDef':
      return lowerClass(builder, statement, () => lowerBody(builder, statement.body))
    case 'Return':
      return lowerReturn(builder, statement)
    case 'Assign': {
      const [only, ...others] = statement.targets
      if (only?.kind === 'Name' && others.length === 0)
        return lowerInto(builder, statement.value, storeName(builder, only.id))
      const value = temporary(builder)
      lowerInto(builder, statement.value, intoSlot(value))
      for (const target of statement.targets) assignFrom(builder, value, target)
      return
    }
    case 'AugAssign':
      return lowerAugAssign(builder, statement)
    case 'For':
      return lowerFor(builder, statement)
    case 'AsyncFor':
      return lowerAsyncFor(builder, statement, lowerBody)
    case 'While':
      return lowerWhile(builder, statement)
    case 'If':
      return lowerIf(builder, statement)
    case 'Raise': {
      if (statement.exc === null) {
        emit(builder, { op: 'reraise' })
        return
      }
      const operands = statement.cause === null ? [statement.exc] : [statement.exc, statement.cause]
      const [exception, cause] = lowerOperands(builder, operands)
      if (exception !== undefined) emit(builder, { op: 'raise', exception, cause: cause ?? null })
      return
    }
    case 'Assert': {
      const branch = emit(builder, { op: 'branch', test: lowerExpression(builder, statement.test), to: -1 })
      const jump = emit(builder, { op: 'jump', to: -1 })
      land(builder, branch)
      const message = statement.msg === null ? null : lowerExpression(builder, statement.msg)
      emit(builder, { op: 'evaluate', value: (activation) => failAssertion(activation, message), into: null })
      land(builder, jump)
      return
    }
    case 'Delete':
      for (const target of statement.targets) lowerDelete(builder, target, lowerOperands)
      return
    case 'Try':
    case 'TryStar':
      return lowerTry(builder, statement, lowerBody)
    case 'With':
    case 'AsyncWith':
      return lowerWith(builder, statement, () => lowerBody(builder, statement.body))
    case 'Import':
      for (const { name, asname } of statement.names) {
        emit(builder, { op: 'evaluate', value: () => moduleNamed(name), into: storeName(builder, asname ?? name) })
      }
      return
    case 'ImportFrom':
      for (const { name, asname } of statement.names) {
        const value: Evaluate = ({ world }) => importedMember(statement.module, name, world.python)
        emit(builder, { op: 'evaluate', value, into: storeName(builder, asname ?? name) })
      }
      return
    case 'Expr':
      return lowerInto(builder, statement.value, null)
    case 'Global':
    case 'Nonlocal':
    case 'Pass':
      return
    case 'Break':
    case 'Continue':
      return leaveLoop(builder, statement.kind)
  }
}

const failAssertion = (activation: Activation, message: Evaluate | null): never => {
  throw message === null ? raise('AssertionError') : raise('AssertionError', message(activation))
}

const lowerAugAssign = (builder: Builder, { target, op, value }: AugAssign): void => {
  if (target.kind === 'Name') {
    const operands = [loadName(builder, target.id), value] as const
    const before = temporary(builder)
    emit(builder, { op: 'evaluate', value: operands[0], into: intoSlot(before) })
    const result = binaryOperation(op, fromSlot(before), lowerExpression(builder, operands[1]), true)
    emit(builder, { op: 'evaluate', value: result, into: storeName(builder, target.id) })
    return
  }
  if (target.kind === 'Attribute') {
    const [object, before] = [temporary(builder), temporary(builder)]
    lowerInto(builder, target.value, intoSlot(object))
    emit(builder, { op: 'evaluate', value: attribute(fromSlot(object), target.attr), into: intoSlot(before) })
    const changed = binaryOperation(op, fromSlot(before), lowerExpression(builder, value), true)
    emit(builder, { op: 'evaluate', value: changed, into: attributeTarget(fromSlot(object), target.attr) })
    return
  }
  const [container, index, before] = [temporary(builder), temporary(builder), temporary(builder)]
  lowerInto(builder, target.value, intoSlot(container))
  lowerInto(builder, target.slice, intoSlot(index))
  const current: Evaluate = (activation) =>
    getItem(activation, activation.slots[container] as Value, activation.slots[index] as Value)
  emit(builder, { op: 'evaluate', value: current, into: intoSlot(before) })
  const result = binaryOperation(op, fromSlot(before), lowerExpression(builder, value), true)
  const into: Store = (activation, changed) =>
    putItem(activation, activation.slots[container] as Value, activation.slots[index] as Value, changed)
  emit(builder, { op: 'evaluate', value: result, into })
}

const lowerIf = (builder: Builder, { test, body, orelse }: If): void => {
  const branch = emit(builder, { op: 'branch', test: lowerExpression(builder, test), to: -1 })
  lowerBody(builder, body)
  const jump = emit(builder, { op: 'jump', to: -1 })
  land(builder, branch)
  lowerBody(builder, orelse)
  land(builder, jump)
}

const lowerWhile = (builder: Builder, { test, body, orelse }: While): void => {
  const begin = here(builder)
  const branch = emit(builder, { op: 'branch', test: lowerExpression(builder, test), to: -1 })
  lowerLoop(
    builder,
    begin,
    () => lowerBody(builder, body),
    () => {
      land(builder, branch)
      lowerBody(builder, orelse)
    },
  )
}

const lowerFor = (builder: Builder, { target, iter, body, orelse }: For): void => {
  const slot = temporary(builder)
  emit(builder, { op: 'iterate', value: lowerExpression(builder, iter), slot })
  const begin = here(builder)
  const item = temporary(builder)
  const next = emit(builder, { op: 'next', slot, into: intoSlot(item), to: -1 })
  assignFrom(builder, item, target)
  lowerLoop(
    builder,
    begin,
    () => lowerBody(builder, body),
    () => {
      land(builder, next)
      lowerBody(builder, orelse)
    },
  )
}

/** The body again and again; then, without a break, what follows the last test. */
const lowerLoop = (builder: Builder, begin: number, body: () => void, exhausted: () => void): void => {
  const loop: Block = { kind: 'loop', breaks: [], begin }
  inBlock(builder, loop, body)
  emit(builder, { op: 'jump', to: begin })
  exhausted()
  land(builder, ...loop.breaks)
}

const lowerReturn = (builder: Builder, { value }: Return): void => {
  if (value === null) {
    unwind(builder, builder.blocks)
    emit(builder, { op: 'return', value: () => null })
    return
  }
  if (builder.blocks.every((block) => block.kind === 'loop' && block.asyncIterator === undefined)) {
    emit(builder, { op: 'return', value: lowerExpression(builder, value) })
    return
  }
  const slot = temporary(builder)
  lowerInto(builder, value, intoSlot(slot))
  unwind(builder, builder.blocks)
  emit(builder, { op: 'return', value: fromSlot(slot) })
}

const leaveLoop = (builder: Builder, how: 'Break' | 'Continue'): void => {
  const depth = builder.blocks.findIndex(({ kind }) => kind === 'loop')
  const loop = builder.blocks[depth]
  if (loop?.kind !== 'loop') throw new SyntaxError(`${how} outside a loop`)
  unwind(builder, builder.blocks.slice(0, depth))
  const jump = emit(builder, { op: 'jump', to: how === 'Continue' ? loop.begin : -1 })
  if (how === 'Break') loop.breaks.push(jump)
}

/** What has to happen on the way out of blocks, innermost first: `finally` bodies stand here once more. */
const unwind = (builder: Builder, leaving: readonly Block[]): void => {
  const all = builder.blocks
  for (const [index, block] of leaving.entries()) {
    builder.blocks = all.slice(index + 1)
    if (block.kind === 'try' || block.kind === 'finally') emit(builder, { op: 'end try' })
    if (block.kind === 'handler') emit(builder, { op: 'handled' })
    if (block.kind === 'finally') block.body()
    if (block.kind === 'loop' && block.asyncIterator !== undefined) forgetIterator(builder, block.asyncIterator)
  }
  builder.blocks = all
}
