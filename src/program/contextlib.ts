import { awaitsValue, beginning, calling, calls, type Machine, machine, returned } from '../loop/machine.js'
import { withObjects } from '../loop/update.js'
import type { ExceptionValue, FunctionValue, ManagerKind, Reference, Value } from '../loop/value.js'
import { get, push } from '../persistent/table.js'
import { bind, unmodelled } from './arguments.js'
import { attribute } from './attribute.js'
import type { Begun, Builtin, Method } from './builtin.js'
import { type Activation, newIdentity } from './code.js'
import { functoolsFunctions } from './functools.js'
import {
  enterAsyncGenerator,
  enterGenerator,
  exitAsyncGenerator,
  exitGenerator,
  type Leaving,
} from './generator-manager.js'
import { newAttributes } from './instances.js'
import type { methodNames } from './method-names.js'
import type { functionNames } from './names.js'
import { matches } from './operations.js'

/** What a context manager of contextlib is made of: a generator, by id, or a value. */
interface Manager {
  readonly kind: 'context manager'
  readonly generator?: number
  readonly value: Value
}

const newManager = (activation: Activation, kind: ManagerKind, manager: Omit<Manager, 'kind'>): Reference => {
  const id = activation.world.objects.next
  activation.world = withObjects(
    activation.world,
    push<unknown>(activation.world.objects, { kind: 'context manager', ...manager }),
  )
  return { kind, id }
}

const managerWith = ({ world }: Activation, { id }: Reference): Manager => get(world.objects, id) as Manager

/** What a function behind `@contextmanager` or `@asynccontextmanager` gives: its generator, managed. */
export const managed = (
  activation: Activation,
  kind: NonNullable<FunctionValue['manages']>,
  generator: Reference,
): Reference =>
  newManager(activation, kind === 'generator' ? 'generator context manager' : 'async generator context manager', {
    generator: generator.id,
    value: null,
  })

/** A decorator whose functions give context managers. */
const managing =
  (name: string, manages: NonNullable<FunctionValue['manages']>): Builtin =>
  (activation, args, keywords) => {
    const [callee = null] = bind(activation, name, ['func'], 1, args, keywords)
    if (typeof callee !== 'object' || callee?.kind !== 'function' || callee.manages !== undefined) {
      return unmodelled(activation, `${name}() of what is no function of the program`)
    }
    const id = newIdentity(activation)
    const helper: FunctionValue = { ...callee, id, attributes: newAttributes(activation, []), manages }
    return functoolsFunctions.update_wrapper(activation, [helper, callee], new Map())
  }

/** A context manager of a value, which may be left out where none is required. */
const holding =
  (kind: 'aclosing' | 'closing' | 'nullcontext', parameter: string, required: number): Builtin =>
  (activation, args, keywords) => {
    const [value = null] = bind(activation, kind, [parameter], required, args, keywords)
    return newManager(activation, kind, { value })
  }

/** `contextlib`, as far as programs can use it. */
export const contextlibFunctions: Readonly<Record<(typeof functionNames)['contextlib'][number], Builtin>> = {
  aclosing: holding('aclosing', 'thing', 1),
  asynccontextmanager: managing('asynccontextmanager', 'async generator'),
  closing: holding('closing', 'thing', 1),
  contextmanager: managing('contextmanager', 'generator'),
  nullcontext: holding('nullcontext', 'enter_result', 0),
  suppress: (activation, args, keywords) => {
    bind(activation, 'suppress', [], 0, [], keywords)
    return newManager(activation, 'suppress', { value: { kind: 'tuple', items: args } })
  },
}

/** What was raised within, as `__exit__` is told: None thrice, or class, instance and traceback. */
const raisedWithin = (activation: Activation, args: readonly Value[]): ExceptionValue | null => {
  const [type, error, traceback] = args
  if (args.length === 3 && type === null && error === null && traceback === null) return null
  return args.length === 3 && typeof error === 'object' && error?.kind === 'exception'
    ? error
    : unmodelled(activation, '__exit__() with these arguments')
}

const begun = (machine: Machine, locals: unknown, isAsync = false): Begun => ({
  kind: 'begun',
  frame: beginning(machine, locals),
  coroutine: isAsync ? machine.name : null,
})

const leave = (activation: Activation, manager: Reference, args: readonly Value[]): Leaving => ({
  generator: managerWith(activation, manager).generator ?? -1,
  error: raisedWithin(activation, args),
})

/** Gives a value, as a coroutine that has nothing to wait for. */
export const giving = machine<Value>('nullcontext.__aenter__', {
  start: { sent: (world, value) => returned(world, value) },
})

/** Calls the method that closes. Mirrors `closing.__exit__` (3.8 to 3.14). */
export const closeThing = machine<Value>('closing.__exit__', {
  start: { sent: (world, close) => calls(world, calling(close, []), 'closed', close) },
  closed: { sent: (world) => returned(world, null) },
})

/** Awaits what the method that closes gives. Mirrors `aclosing.__aexit__` (3.10 to 3.14). */
export const closeAsyncThing = machine<Value>('aclosing.__aexit__', {
  start: { sent: (world, close) => calls(world, calling(close, []), 'called', close) },
  called: { sent: (world, close, value) => awaitsValue(world, value, 'closed', close) },
  closed: { sent: (world) => returned(world, null) },
})

const value: Method = (activation, manager) => managerWith(activation, manager).value
const none: Method = () => null
const later: Method = (activation, manager) => begun(giving, managerWith(activation, manager).value, true)

type Methods<K extends ManagerKind> = Readonly<Record<(typeof methodNames)[K][number], Method>>

/** Methods of the context managers of contextlib, by kind. */
export const managerMethods: { readonly [K in ManagerKind]: Methods<K> } = {
  'generator context manager': {
    __enter__: (activation, manager) => begun(enterGenerator, leave(activation, manager, [null, null, null])),
    __exit__: (activation, manager, args) => begun(exitGenerator, leave(activation, manager, args)),
  },
  'async generator context manager': {
    __aenter__: (activation, manager) =>
      begun(enterAsyncGenerator, leave(activation, manager, [null, null, null]), true),
    __aexit__: (activation, manager, args) => begun(exitAsyncGenerator, leave(activation, manager, args), true),
  },
  suppress: {
    __enter__: none,
    __exit__: (activation, manager, args) => {
      const error = raisedWithin(activation, args)
      if (error === null) return null
      if (matches(error, managerWith(activation, manager).value)) return true
      return error.exceptions === undefined ? false : unmodelled(activation, 'suppress() of a part of a group')
    },
  },
  nullcontext: {
    __enter__: value,
    __exit__: none,
    __aenter__: later,
    __aexit__: () => begun(giving, null, true),
  },
  closing: {
    __enter__: value,
    __exit__: (activation, manager) =>
      begun(closeThing, attribute(() => managerWith(activation, manager).value, 'close')(activation)),
  },
  aclosing: {
    __aenter__: later,
    __aexit__: (activation, manager) =>
      begun(closeAsyncThing, attribute(() => managerWith(activation, manager).value, 'aclose')(activation), true),
  },
}
