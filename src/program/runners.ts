import { closeRunner, initialize, runInRunner } from '../asyncio/runner.js'
import { beginning } from '../loop/machine.js'
import type { Reference, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import { type Begun, isBuiltin, type Method } from './builtin.js'
import type { Activation } from './code.js'
import type { methodNames } from './method-names.js'

/** Whether `loop_factory` is given; it can only be `asyncio.new_event_loop`, and `debug` only be off. */
export const hasLoopFactory = (
  activation: Activation,
  debug: Value | undefined,
  factory: Value | undefined,
): boolean => {
  if (debug !== undefined && debug !== null && debug !== false) return unmodelled(activation, 'debug mode')
  if (factory === undefined || factory === null) return false
  if (isBuiltin(factory, 'asyncio.new_event_loop')) return true
  return unmodelled(activation, 'a loop factory other than asyncio.new_event_loop')
}

const begin = (activation: Activation, { id }: Reference): number => {
  const [world, loop] = initialize(activation.world, id)
  activation.world = world
  return loop
}

const closing = ({ id }: Reference): Begun => ({
  kind: 'begun',
  frame: beginning(closeRunner, { runner: id }),
  coroutine: null,
})

/** Methods of `asyncio.Runner` (3.11 to 3.14). */
export const runnerMethods: Readonly<Record<(typeof methodNames)['runner'][number], Method>> = {
  __enter__: (activation, runner) => {
    begin(activation, runner)
    return runner
  },
  __exit__: (_, runner) => closing(runner),
  close: (_, runner) => closing(runner),
  get_loop: (activation, runner) => ({ kind: 'loop', id: begin(activation, runner) }),
  run: (activation, { id }, args, keywords) => {
    const [main = null] = bind(activation, 'run', ['/coro'], 1, args, keywords)
    return { kind: 'begun', frame: beginning(runInRunner, { runner: id, main, task: -1 }), coroutine: null }
  },
}
