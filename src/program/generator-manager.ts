import { isAtLeast } from '../asyncio/versions.js'
import { firstIterated } from '../loop/async-generator.js'
import { type AsyncDrive, asyncDriver, withLeftFrame } from '../loop/async-generator-object.js'
import { type Drive, driving, nextOf } from '../loop/generator-object.js'
import { calls, machine, type Reply, raised, raises, returned } from '../loop/machine.js'
import { makeException, raise } from '../loop/raise.js'
import { withAsyncGenerators } from '../loop/update-surroundings.js'
import type { ExceptionValue } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { get } from '../persistent/table.js'

/** A context manager that is left: its generator, and what was raised within. */
export interface Leaving {
  readonly generator: number
  readonly error: ExceptionValue | null
  /** What is raised once the generator is closed that has not stopped. */
  readonly problem?: string
}

/** How a context manager asks its generator. */
interface Asking {
  readonly name: string
  readonly next: (world: World, generator: number) => readonly [World, Frame]
  readonly throw: (generator: number, error: ExceptionValue) => Frame
  readonly close: (generator: number) => Frame
  /** The generator is left as it is: the traceback of an exception holds it. */
  readonly left: (world: World, generator: number, error: ExceptionValue) => World
  /** What a generator raises that has ended. */
  readonly end: 'StopIteration' | 'StopAsyncIteration'
  readonly throws: 'throw' | 'athrow'
  /** What comes instead of what was thrown in, where that would look like an end. */
  readonly replaced: readonly string[]
}

const dont = "generator didn't"

const stateOf = (world: World, id: number): string => {
  const { state } = get(world.objects, id) as { readonly state: string }
  return state
}

/** `__enter__` or `__aenter__`; a manager is entered once. */
const entering = ({ name, next, end }: Asking, method: string) =>
  machine<Leaving>(`${name}.${method}`, {
    start: {
      sent: (world, locals) => {
        if (stateOf(world, locals.generator) !== 'created') {
          return raises(
            world,
            raise('AttributeError', ({ textsNameDeletedAttribute }) =>
              textsNameDeletedAttribute ? `'${name}' object has no attribute 'args'` : 'args',
            ),
          )
        }
        const [asked, frame] = next(world, locals.generator)
        return calls(asked, frame, 'entered', locals)
      },
    },
    entered: {
      sent: (world, _, value) => returned(world, value),
      thrown: (world, _, error) =>
        error.type === end ? raises(world, raise('RuntimeError', `${dont} yield`)) : raised(world, error),
    },
  })

/** `__exit__` or `__aexit__`. */
const leaving = (asking: Asking, method: string) => {
  const { name, next, end, throws } = asking
  return machine<Leaving>(`${name}.${method}`, {
    start: {
      sent: (world, locals) => {
        if (locals.error !== null) return calls(world, asking.throw(locals.generator, locals.error), 'thrown', locals)
        const [asked, frame] = next(world, locals.generator)
        return calls(asked, frame, 'ended', locals)
      },
    },
    ended: {
      sent: (world, locals) => goesOn(asking, world, { ...locals, problem: `${dont} stop` }),
      thrown: (world, _, error) => (error.type === end ? returned(world, false) : raised(world, error)),
    },
    thrown: {
      sent: (world, locals) =>
        goesOn(asking, entangled(world, true), { ...locals, problem: `${dont} stop after ${throws}()` }),
      thrown: (world, { error: given }, error) => {
        if (error.id === given?.id || isReplaced(asking, error, given)) return returned(world, false)
        const handled = entangled(world, isAtLeast(world.python.version, '3.12'))
        return error.type === end ? returned(handled, true) : raised(handled, error)
      },
    },
    closed: {
      sent: (world, { problem = '' }) => raises(world, raise('RuntimeError', problem)),
    },
  })
}

/**
 * The generator has handled what was thrown in. The traceback of that has the generator's frame, which since 3.12 has the
 * frame that threw, which has a name for the exception: all of them stay, and what their callers have names for. A
 * generator that goes on keeps the exception.
 */
const entangled = (world: World, isSo: boolean): World =>
  isSo && world.loop.running ? withAsyncGenerators(world, { ...world.asyncGenerators, entangled: true }) : world

/** The generator has yielded once more: it is closed, or left as it is. */
const goesOn = (asking: Asking, world: World, locals: Leaving & { readonly problem: string }): Reply => {
  if (world.python.managersCloseGenerators) return calls(world, asking.close(locals.generator), 'closed', locals)
  const [made, error] = makeException(world, raise('RuntimeError', locals.problem))
  return raised(asking.left(made, locals.generator, error), error)
}

/** Whether a generator raised RuntimeError because it could not raise what was thrown into it. */
const isReplaced = ({ replaced }: Asking, error: ExceptionValue, given: ExceptionValue | null): boolean =>
  error.type === 'RuntimeError' &&
  given !== null &&
  replaced.includes(given.type) &&
  error.args.length === 1 &&
  String(error.args[0]).endsWith(`generator raised ${given.type}`)

const plain: Asking = {
  name: '_GeneratorContextManager',
  next: (world, generator) => [world, nextOf(generator)],
  throw: (generator, error) => {
    const drive: Drive = { by: 'call', generator, value: null, error, otherwise: undefined }
    return driving(drive)
  },
  close: (generator) => driving({ by: 'close', generator, returns: false }),
  left: (world) => world,
  end: 'StopIteration',
  throws: 'throw',
  replaced: ['StopIteration'],
}

const asynchronous: Asking = {
  name: '_AsyncGeneratorContextManager',
  next: (world, generator) => [
    firstIterated(world, generator),
    asyncDriver({ by: 'asend', generator, awaitable: null, otherwise: undefined, value: null }),
  ],
  throw: (generator, error) => {
    const drive: AsyncDrive = { by: 'athrow', generator, awaitable: null, otherwise: undefined, error, isGiven: true }
    return asyncDriver(drive)
  },
  close: (generator) => asyncDriver({ by: 'aclose', generator, awaitable: null, otherwise: undefined }),
  left: (world, generator, { id }) => {
    const frame = {
      machine: '_AsyncGeneratorContextManager.__aexit__',
      state: 'ended',
      locals: { generator },
      coroutine: null,
    }
    return withLeftFrame(world, { frame, exception: id })
  },
  end: 'StopAsyncIteration',
  throws: 'athrow',
  replaced: ['StopIteration', 'StopAsyncIteration'],
}

/** Mirrors `_GeneratorContextManager.__enter__` (3.8 to 3.14). */
export const enterGenerator = entering(plain, '__enter__')

/** Mirrors `_GeneratorContextManager.__exit__` (3.8 to 3.14). */
export const exitGenerator = leaving(plain, '__exit__')

/** Mirrors `_AsyncGeneratorContextManager.__aenter__` (3.8 to 3.14). */
export const enterAsyncGenerator = entering(asynchronous, '__aenter__')

/** Mirrors `_AsyncGeneratorContextManager.__aexit__` (3.8 to 3.14). */
export const exitAsyncGenerator = leaving(asynchronous, '__aexit__')
