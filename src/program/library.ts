import { type Raise, raise } from '../loop/raise.js'
import type { MethodValue, Value } from '../loop/value.js'
import { asyncGeneratorMethods } from './async-generators.js'
import { asyncioFunctions } from './asyncio-functions.js'
import type { Begun, Builtin } from './builtin.js'
import { builtins } from './builtins.js'
import { classMethods, superMethods } from './classes.js'
import type { Activation, Keywords } from './code.js'
import { contextvarsFunctions, tokenMethods, variableMethods } from './context-variables.js'
import { contextlibFunctions, managerMethods } from './contextlib.js'
import { propertyMethods } from './descriptors.js'
import { dictMethods } from './dict-methods.js'
import { groupMethods } from './exception-groups.js'
import { functoolsFunctions } from './functools.js'
import { futureMethods, taskMethods } from './future-methods.js'
import { generatorMethods } from './generators.js'
import { spread, withIterator } from './iterables.js'
import { add, chainFrom, itertoolsFunctions } from './itertools.js'
import { isIterator } from './lists.js'
import { handleMethods, loopMethods } from './loop-methods.js'
import { type ReceiverKind, receiverKind, takesNothing } from './method-names.js'
import { ADD, SPREAD, UNPACK } from './names.js'
import {
  barrierMethods,
  conditionMethods,
  eventMethods,
  lockMethods,
  primitiveFunctions,
  semaphoreMethods,
} from './primitives.js'
import { queueFunctions, queueMethods } from './queues.js'
import { randomFunctions, randomMethods } from './random.js'
import { methodOwner } from './representation.js'
import { runnerMethods } from './runners.js'
import { setMethods } from './set-methods.js'
import { stringMethods } from './string-methods.js'
import { streamMethods, sysFunctions } from './sys.js'
import { taskGroupFunctions, taskGroupMethods } from './task-groups.js'
import { timeFunctions } from './time-functions.js'
import { timeoutFunctions, timeoutMethods } from './timeouts.js'
import { isPythonMethod } from './type-name.js'
import { unpack } from './unpacking.js'
import { coroutineMethods, listMethods } from './value-methods.js'
import { completedMethods, waitingFunctions } from './waiting.js'

const qualified = (
  module: string,
  functions: Readonly<Record<string, Builtin>>,
): readonly (readonly [string, Builtin])[] =>
  Object.entries(functions).map(([name, builtin]) => [`${module}.${name}`, builtin] as const)

/** Every function of Python and its library that programs can call, by its dotted name. */
export const functions: ReadonlyMap<string, Builtin> = new Map([
  ...Object.entries(builtins),
  [SPREAD, spread],
  [UNPACK, unpack],
  ...qualified('asyncio', asyncioFunctions),
  ...qualified('asyncio', primitiveFunctions),
  ...qualified('asyncio', queueFunctions),
  ...qualified('asyncio', taskGroupFunctions),
  ...qualified('asyncio', timeoutFunctions),
  ...qualified('asyncio', waitingFunctions),
  ...qualified('time', timeFunctions),
  ...qualified('contextvars', contextvarsFunctions),
  ...qualified('random', randomFunctions),
  ...qualified('contextlib', contextlibFunctions),
  ...qualified('sys', sysFunctions),
  ...qualified('itertools', itertoolsFunctions),
  [ADD, add],
  ...qualified('functools', functoolsFunctions),
])

type AnyMethod = (activation: Activation, receiver: never, args: readonly Value[], keywords: Keywords) => Value | Begun

const methods: Readonly<Record<ReceiverKind, Readonly<Record<string, AnyMethod>>>> = {
  future: futureMethods,
  group: futureMethods,
  task: taskMethods,
  handle: handleMethods,
  timer: handleMethods,
  loop: loopMethods,
  list: listMethods,
  dict: dictMethods,
  set: setMethods,
  coroutine: coroutineMethods,
  generator: generatorMethods,
  'async generator': asyncGeneratorMethods,
  'as completed': completedMethods,
  str: stringMethods,
  random: randomMethods,
  'context variable': variableMethods,
  'exception group': groupMethods,
  lock: lockMethods,
  event: eventMethods,
  condition: conditionMethods,
  semaphore: semaphoreMethods,
  'bounded semaphore': semaphoreMethods,
  barrier: barrierMethods,
  queue: queueMethods,
  'lifo queue': queueMethods,
  'priority queue': queueMethods,
  runner: runnerMethods,
  'task group': taskGroupMethods,
  timeout: timeoutMethods,
  token: tokenMethods,
  ...managerMethods,
  stream: streamMethods,
  'chain class': { from_iterable: chainFrom },
  property: propertyMethods,
  class: classMethods,
  super: superMethods,
}

const methodTable: ReadonlyMap<string, ReadonlyMap<string, AnyMethod>> = new Map(
  Object.entries(methods).map(([kind, table]) => [kind, new Map(Object.entries(table))]),
)

/** Calls a method of a value; undefined where it has none of that name. */
export const callMethod = (
  activation: Activation,
  receiver: Value,
  name: string,
  args: readonly Value[],
  keywords: Keywords,
): Value | Begun | undefined => {
  if (args.length + keywords.size > 0 && takesNothing(receiver, name))
    throw refusal({ kind: 'method', receiver, name }, args, keywords)
  const kind = receiverKind(receiver)
  if (isIterator(args[0]) && keywords.size === 0) {
    const begun = withIterator(receiver, kind, name, args)
    if (begun !== undefined) return begun
  }
  return methodTable.get(kind)?.get(name)?.(activation, receiver as never, args, keywords)
}

/** The TypeError for the arguments of a method that takes none: of a function in Python, or in C. */
const refusal = (called: MethodValue, args: readonly Value[], keywords: Keywords): Raise =>
  raise('TypeError', (python) => {
    const inPython = isPythonMethod(called, python)
    const [keyword] = keywords.keys()
    const qualified = `${methodOwner(called, python)}.${called.name}`
    const method = `${(inPython ? python.textsQualifyFunctions : python.textsQualifyMethods) ? qualified : called.name}()`
    if (keyword !== undefined) {
      return `${method} ${inPython ? `got an unexpected keyword argument '${keyword}'` : 'takes no keyword arguments'}`
    }
    const given = args.length
    return `${method} takes ${inPython ? `1 positional argument but ${given + 1} were` : `no arguments (${given}`} given${inPython ? '' : ')'}`
  })
