import type { Answer } from '../loop/coroutine.js'
import { nextOf } from '../loop/generator-object.js'
import { newList } from '../loop/list.js'
import { calls, machine, type Reply, raised, returned } from '../loop/machine.js'
import type { Value } from '../loop/value.js'
import { items, push, type Vector } from '../persistent/vector.js'
import { notModelled } from './arithmetic.js'
import { contentsOf } from './operations.js'
import { truth } from './truth.js'

interface Draining {
  readonly generator: number
  /** What is called with all that the generator yields, and with what else. */
  readonly callee: Value
  readonly others: readonly Value[]
  readonly collected: Vector<Value>
}

interface Seeking {
  readonly generator: number
  /** The truth that ends it. */
  readonly sought: boolean
}

interface Locals {
  readonly generator: number
  readonly into: 'list' | 'tuple'
  readonly collected: Vector<Value>
}

/** `list(generator)` and `tuple(generator)`: everything that it yields. Mirrors `list_extend` (3.3 to 3.14). */
export const collect = machine<Locals>('collect', {
  start: { sent: (world, locals) => calls(world, nextOf(locals.generator), 'item', locals) },
  item: {
    sent: (world, { generator, into, collected }, value) =>
      calls(world, nextOf(generator), 'item', { generator, into, collected: push(collected, value) }),
    thrown: (world, { into, collected }, error) => {
      if (error.type !== 'StopIteration') return raised(world, error)
      const values = items(collected) as readonly Value[]
      return into === 'list' ? returned(...newList(world, values)) : returned(world, { kind: 'tuple', items: values })
    },
  },
})

/** A function of an iterable called with a generator: as if all that it yields had been in a tuple. */
export const drain = machine<Draining>('drain', {
  start: { sent: (world, locals) => calls(world, nextOf(locals.generator), 'item', locals) },
  item: {
    sent: (world, { generator, callee, others, collected }, value) =>
      calls(world, nextOf(generator), 'item', { generator, callee, others, collected: push(collected, value) }),
    thrown: (world, { callee, others, collected }, error, interpreter) => {
      if (error.type !== 'StopIteration') return raised(world, error)
      const values: Value = { kind: 'tuple', items: items(collected) as readonly Value[] }
      const reply = toReply(interpreter.call(world, callee, [values, ...others]))
      // CPython would not have asked for what comes behind the item that failed.
      if (reply.kind === 'raised' && collected.size > 1) throw notModelled('an error at an item of a generator is')
      return reply
    },
  },
})

const toReply = (answer: Answer): Reply => {
  if (answer.kind === 'returned' || answer.kind === 'raised') return answer
  throw new TypeError('a function of an iterable answers at once')
}

/** `any(generator)` and `all(generator)`, which stop as soon as the outcome is certain. */
export const seek = machine<Seeking>('seek', {
  start: { sent: (world, locals) => calls(world, nextOf(locals.generator), 'item', locals) },
  item: {
    sent: (world, locals, value) =>
      truth(value, contentsOf(world)) === locals.sought
        ? returned(world, locals.sought)
        : calls(world, nextOf(locals.generator), 'item', locals),
    thrown: (world, { sought }, error) =>
      error.type === 'StopIteration' ? returned(world, !sought) : raised(world, error),
  },
})
