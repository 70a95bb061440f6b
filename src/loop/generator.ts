import { isAsyncDriver } from './async-generator-object.js'
import { type Answer, raisedBy } from './coroutine.js'
import { isExecuting } from './current-task.js'
import { type Drive, type DriverState, driver, driving, generatorWith, withGenerator } from './generator-object.js'
import { halt } from './halt.js'
import { makeException, type Raise, raise } from './raise.js'
import type { ExceptionValue, Value } from './value.js'
import type { Frame, Stack, World } from './world.js'

/**
 * Resumes the frame that drives a generator. Mirrors `gen_send_ex`, `gen_throw` and `gen_close` (3.3 to 3.14); delegation
 * is that of PEP 380.
 */
export const resumeDriver = (world: World, frame: Frame, value: Value, error: ExceptionValue | null): Answer => {
  const { state, locals: drive } = frame as Frame<DriverState, Drive>
  if (state === 'inside') return ended(withGenerator(world, drive.generator, 'closed', null), drive, value, error)
  // What was delegated to is closed: GeneratorExit goes on, or what came out of it instead.
  if (state !== 'start') return { kind: 'raised', world, error: error ?? state }
  switch (drive.by) {
    case 'call':
      return enter(world, drive, drive.value, drive.error)
    case 'close':
      return close(world, drive)
    case 'delegation': {
      if (error?.type !== 'GeneratorExit') return enter(world, drive, value, error)
      const closing: Drive = { by: 'close', generator: drive.generator, returns: false }
      return { kind: 'calls', world, callee: driving(closing), frame: driver(drive, error) }
    }
  }
}

const enter = (world: World, drive: Drive, value: Value, error: ExceptionValue | null): Answer => {
  const { state, stack } = generatorWith(world, drive.generator)
  switch (state) {
    case 'executing':
      return raisedBy(world, busy(world, drive.generator))
    case 'closed':
      return error === null ? exhausted(world, drive, null) : { kind: 'raised', world, error }
    case 'created':
      if (error === null && value !== null) {
        return raisedBy(world, raise('TypeError', "can't send non-None value to a just-started generator"))
      }
  }
  if (error?.type === 'GeneratorExit' && hasAsyncDriver(stack)) {
    throw halt(world, { kind: 'unmodelled', reason: 'to close a generator that delegates to an asynchronous one' })
  }
  const executing = withGenerator(world, drive.generator, 'executing', null)
  return { kind: 'enters', world: executing, stack, value, error, frame: driver(drive, 'inside') }
}

const hasAsyncDriver = (stack: Stack): boolean =>
  stack !== null && (isAsyncDriver(stack.frame) || hasAsyncDriver(stack.below))

const close = (world: World, drive: Drive & { readonly by: 'close' }): Answer => {
  const { state } = generatorWith(world, drive.generator)
  if (state === 'executing') return raisedBy(world, busy(world, drive.generator))
  if (state !== 'suspended') {
    return { kind: 'returned', world: withGenerator(world, drive.generator, 'closed', null), value: null }
  }
  const [made, exit] = makeException(world, raise('GeneratorExit'))
  return enter(made, drive, null, exit)
}

/** The generator has returned or raised. */
const ended = (world: World, drive: Drive, value: Value, error: ExceptionValue | null): Answer => {
  if (error === null) return exhausted(world, drive, value)
  if (error.type === 'StopIteration' && drive.by !== 'call') return exhausted(world, drive, error.args[0] ?? null)
  return drive.by === 'close' && error.type === 'GeneratorExit'
    ? { kind: 'returned', world, value: null }
    : { kind: 'raised', world, error }
}

const exhausted = (world: World, drive: Drive, value: Value): Answer => {
  switch (drive.by) {
    case 'call':
      if (drive.otherwise !== undefined) return { kind: 'returned', world, value: drive.otherwise }
      return raisedBy(world, value === null ? raise('StopIteration') : raise('StopIteration', value))
    case 'delegation':
      return { kind: 'returned', world, value }
    case 'close':
      return { kind: 'returned', world, value: drive.returns ? value : null }
  }
}

const busy = (world: World, id: number): Raise => {
  if (isExecuting(world, generatorWith(world, id).task)) return raise('ValueError', 'generator already executing')
  throw halt(world, { kind: 'unmodelled', reason: 'a generator that a task waits in and that is resumed elsewhere' })
}
