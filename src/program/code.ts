import type { Interpreter } from '../loop/coroutine.js'
import { withNextIdentity } from '../loop/update.js'
import type { ExceptionValue, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'

/** A module or function made ready to run: a list of instructions, and where its names live. Derived from the syntax. */
export interface Code {
  /** `__qualname__` */
  readonly name: string
  readonly kind: 'function' | 'async function' | 'generator function' | 'async generator function'
  /** Whether it is a generator function behind `@asyncio.coroutine`: its generators may await coroutines and be awaited. */
  readonly awaitable: boolean
  /** The positional parameters, then the keyword-only ones. */
  readonly parameters: readonly string[]
  /** Null where all parameters are positional and none has a default value. */
  readonly signature: Signature | null
  /** What each slot holds, by name; a parameter's slot is its position. Temporaries have names that no text can have. */
  readonly slots: readonly string[]
  /** The names that live in cells of this function's own, and the slot of the parameter they begin with. */
  readonly ownCells: readonly { readonly name: string; readonly parameter: number | null }[]
  readonly instructions: readonly Instruction[]
  /** The line of each instruction, 0 where none is known. */
  readonly lines: readonly number[]
}

/** What the parameters of a function are besides names. */
export interface Signature {
  /** How many are positional. */
  readonly positional: number
  readonly vararg: boolean
  readonly kwarg: boolean
}

/** Gives the value of an expression in which nothing is called and nothing awaited. */
export type Evaluate = (activation: Activation) => Value

/** Puts a value where a target says. */
export type Store = (activation: Activation, value: Value) => void

/** What a frame machine can do. Positions are indices into the instructions. */
export type Instruction =
  | { readonly op: 'evaluate'; readonly value: Evaluate; readonly into: Store | null }
  /** Where it is awaited, the next instruction awaits its value; a coroutine it makes is entered straight away instead. */
  | { readonly op: 'call'; readonly call: CallSite; readonly awaited: boolean; readonly into: Store | null }
  /** Jumps, where it may, if StopAsyncIteration comes. */
  | { readonly op: 'await'; readonly value: Evaluate; readonly into: Store | null; to?: number }
  /** Gives a value to whoever drives the generator; goes on with what is sent. */
  | { readonly op: 'yield'; readonly value: Evaluate; readonly into: Store | null }
  /** `yield from` of what can be sent something; of anything else an iterator is made in the slot, to be gone through. */
  | { readonly op: 'delegate'; readonly value: Evaluate; readonly slot: number; readonly into: Store }
  | { readonly op: 'jump'; to: number }
  /** Jumps if the value is false. */
  | { readonly op: 'branch'; readonly test: Evaluate; to: number }
  /** Makes an iterator in a slot. */
  | { readonly op: 'iterate'; readonly value: Evaluate; readonly slot: number }
  /** Takes the next item; jumps if there is none. */
  | { readonly op: 'next'; readonly slot: number; readonly into: Store; to: number }
  | { readonly op: 'raise'; readonly exception: Evaluate; readonly cause: Evaluate | null }
  /** Raises what is being handled once more. */
  | { readonly op: 'reraise' }
  /** From here to the matching `end try` an exception goes on at `to`, being handled. */
  | { readonly op: 'try'; to: number; keeps?: readonly number[] }
  | { readonly op: 'end try' }
  /** The innermost exception is handled no longer. */
  | { readonly op: 'handled' }
  | { readonly op: 'return'; readonly value: Evaluate }

/** A call before it is made. */
export interface CallSite {
  readonly func: Evaluate
  readonly args: readonly { readonly value: Evaluate; readonly starred: boolean }[]
  /** A name is null for `**value`. */
  readonly keywords: readonly { readonly name: string | null; readonly value: Evaluate }[]
}

/** The keyword arguments of a call. */
export type Keywords = ReadonlyMap<string, Value>

/** A frame while it is being run. It is made for one resumption, changed by it, and seen by nobody else. */
export interface Activation {
  world: World
  /** What a call that begins a coroutine inside itself needs. */
  readonly interpreter: Interpreter
  /** The line of the text that is being run, 0 where none is known. */
  line: number
  readonly slots: (SlotValue | undefined)[]
  /** The objects that are this frame's cells: its own, then those of the functions around. */
  readonly cells: readonly number[]
  tries: readonly Try[]
  handling: readonly ExceptionValue[]
}

/** What a call has that no frame of a program makes. */
export const activationOf = (interpreter: Interpreter, world: World): Activation => ({
  world,
  interpreter,
  line: 0,
  slots: [],
  cells: [],
  tries: [],
  handling: [],
})

/** An identity that nothing has had yet. */
export const newIdentity = (activation: Activation): number => {
  const id = activation.world.nextIdentity
  activation.world = withNextIdentity(activation.world, id + 1)
  return id
}

/** An open `try`: where an exception goes on, and how many exceptions were being handled when it began. */
export interface Try {
  readonly to: number
  readonly handling: number
  /** The slots of the asynchronous iterators that are gone through around it. */
  readonly keeps: readonly number[]
}

/** What a slot can hold: a value, or the iterator of a `for`. */
export type SlotValue = Value | Iteration

/** The state of a `for` loop: what is iterated, and how far. */
export interface Iteration {
  readonly kind: 'iteration'
  readonly source: Value
  readonly index: number
  /** What was iterated as it was when that began, where it must not change. */
  readonly began?: unknown
}

/** A variable that functions share. */
export interface Cell {
  readonly kind: 'cell'
  readonly value: Value | undefined
}

/** What the frames of functions hold between two resumptions; `state` is the position of the instruction that waits. */
export interface CodeLocals {
  readonly code: number
  readonly slots: readonly (SlotValue | undefined)[]
  readonly cells: readonly number[]
  readonly tries: Activation['tries']
  readonly handling: Activation['handling']
}

/** The machine that runs functions, and the state before the first instruction. */
export const CODE = 'code'
export const BEGINNING = -1
