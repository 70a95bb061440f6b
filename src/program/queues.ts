import {
  get,
  getNow,
  isEmpty,
  isFull,
  join,
  newQueue,
  put,
  putNow,
  type Queue,
  queueWith,
  shutDown,
  taskDone,
} from '../asyncio/queue.js'
import { asyncioClasses } from '../loop/asyncio-classes.js'
import { beginning } from '../loop/machine.js'
import type { Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { bind, unmodelled } from './arguments.js'
import { loopAtFirst } from './asyncio-functions.js'
import type { Builtin, Method } from './builtin.js'
import type { Activation } from './code.js'
import type { methodNames } from './method-names.js'
import { isLessIn, isTrue } from './operations.js'

const queueOf =
  (kind: Queue['kind']): Builtin =>
  (activation, args, keywords) => {
    const name = asyncioClasses[kind]
    const [maxsize = 0n] = bind(activation, name, ['maxsize'], 0, args, keywords)
    if (typeof maxsize !== 'bigint' && typeof maxsize !== 'number' && typeof maxsize !== 'boolean') {
      return unmodelled(activation, `${name}() with a maxsize that is no number`)
    }
    const [made, queue] = newQueue(activation.world, kind, loopAtFirst(activation), maxsize)
    activation.world = made
    return queue
  }

/** The classes of `asyncio.queues`. */
export const queueFunctions = {
  LifoQueue: queueOf('lifo queue'),
  PriorityQueue: queueOf('priority queue'),
  Queue: queueOf('queue'),
} as const satisfies Readonly<Record<string, Builtin>>

const isLess =
  ({ world, interpreter }: Activation) =>
  (a: Value, b: Value): boolean =>
    isLessIn({ world, interpreter }, a, b)

const asking =
  (ask: (state: Queue) => Value): Method =>
  ({ world }, { id }) =>
    ask(queueWith(world, id))

/** Methods of `asyncio.Queue` and of what is derived from it. */
export const queueMethods: Readonly<Record<(typeof methodNames)['queue'][number], Method>> = {
  empty: asking(isEmpty),
  full: asking(isFull),
  get: (_, { id }) => ({
    kind: 'begun',
    frame: beginning(get, { queue: id, item: null, waiter: -1 }),
    coroutine: get.name,
  }),
  get_nowait: (activation, { id }) => {
    const [taken, item] = getNow(activation.world, id, isLess(activation))
    activation.world = taken
    return item
  },
  join: (_, { id }) => ({ kind: 'begun', frame: beginning(join, { queue: id }), coroutine: join.name }),
  put: (activation, { id }, args, keywords) => {
    const [item] = bind(activation, 'put', ['item'], 1, args, keywords)
    return { kind: 'begun', frame: beginning(put, { queue: id, item, waiter: -1 }), coroutine: put.name }
  },
  put_nowait: (activation, { id }, args, keywords) => {
    const [item = null] = bind(activation, 'put_nowait', ['item'], 1, args, keywords)
    activation.world = putNow(activation.world, id, item, isLess(activation))
    return null
  },
  qsize: asking(({ items }) => BigInt(items.length)),
  shutdown: (activation, { id }, args, keywords) => {
    const [immediate = false] = bind(activation, 'shutdown', ['immediate'], 0, args, keywords)
    activation.world = shutDown(activation.world, id, isTrue(activation, immediate), isLess(activation))
    return null
  },
  task_done: (activation, { id }) => {
    activation.world = taskDone(activation.world, id)
    return null
  },
}

/** What an instance has besides the methods of its class; undefined where it has none of that name. */
export const attributeOfQueue = (world: World, { id }: Reference, name: string): Value | undefined =>
  name === 'maxsize' ? queueWith(world, id).maxsize : undefined
