import type { Value } from '../loop/value.js'
import type { Evaluate, Instruction, Store } from './code.js'
import type { Symbols } from './symbols.js'
import type { AsyncFunctionDef, FunctionDef } from './syntax.js'

/** What unwinds when a `return`, `break` or `continue` leaves it. */
export type Block =
  | { readonly kind: 'loop'; readonly breaks: Instruction[]; readonly begin: number; readonly asyncIterator?: number }
  | { readonly kind: 'try' }
  | { readonly kind: 'finally'; readonly body: () => void }
  | { readonly kind: 'handler' }

/** Instructions of one function while they are being written, and the names in scope. Used by the lowering alone. */
export interface Builder {
  readonly instructions: Instruction[]
  readonly lines: number[]
  readonly slots: string[]
  /** Where each of the function's names lives. */
  readonly places: ReadonlyMap<string, Place>
  /** The variables of the comprehensions around, by name. */
  comprehension: ReadonlyMap<string, Place>
  /** The class in whose body this stands, and not in a function in it. */
  classBody: ClassBody | null
  /** Where the module's names live. */
  readonly globals: ReadonlyMap<string, Place>
  blocks: readonly Block[]
  /** The slots of the asynchronous iterators that are gone through here. */
  asyncIterators: readonly number[]
  line: number
  /** The names that this function and those around it bind: what a function inside may take from outside. */
  readonly around: ReadonlySet<string>
  /** The functions of the program that are still to be lowered, and those that have been. */
  readonly definitions: Definition[]
  /** `__qualname__`, null for the module. */
  readonly name: string | null
  /** The first parameter, which `super()` takes for the instance. */
  readonly first: string | null
}

/** A function whose code is to be made. Its index is the `code` of its function values. */
export interface Definition {
  readonly definition: FunctionDef | AsyncFunctionDef
  readonly symbols: Symbols
  readonly name: string
  /** The names that the functions around it bind. */
  readonly around: ReadonlySet<string>
}

/** A class whose body is being written: its `__qualname__`, and its names. */
export interface ClassBody {
  readonly name: string
  readonly places: ReadonlyMap<string, Place>
}

/** Where the value of a name lives. */
export type Place =
  | { readonly kind: 'slot'; readonly slot: number }
  /** An index into the activation's cells. */
  | { readonly kind: 'cell'; readonly cell: number; readonly free: boolean }
  /** The slot holds the id of a cell: a variable of a comprehension that functions inside take. */
  | { readonly kind: 'cell in slot'; readonly slot: number }
  /** The id of the cell in the world: the module's names come first there. */
  | { readonly kind: 'global'; readonly name: string; readonly id: number }
  /** In the body of a class. Where the slot is empty, the module's name or a builtin has its turn. */
  | { readonly kind: 'class name'; readonly slot: number; readonly name: string }
  | { readonly kind: 'builtin'; readonly name: string }

/** Writes an instruction. */
export const emit = <T extends Instruction>(builder: Builder, instruction: T): T => {
  if (instruction.op === 'try') instruction.keeps = builder.asyncIterators
  builder.instructions.push(instruction)
  builder.lines.push(builder.line)
  return instruction
}

/** The position of the next instruction. */
export const here = (builder: Builder): number => builder.instructions.length

/** Sets the target of jumps that were written before their target was known. */
export const land = (builder: Builder, ...jumps: readonly Instruction[]): void => {
  for (const jump of jumps) if ('to' in jump) jump.to = here(builder)
}

/** A slot for an intermediate value. */
export const temporary = (builder: Builder): number => {
  builder.slots.push(`#${builder.slots.length}`)
  return builder.slots.length - 1
}

/** A slot for an asynchronous iterator: it is the iterator's only while it is gone through. */
export const asyncIteratorSlot = (builder: Builder): number => {
  builder.slots.push(`${ASYNC_ITERATOR}${builder.slots.length}`)
  return builder.slots.length - 1
}

/** A slot for a context manager, which is certainly held until it is left. */
export const managerSlot = (builder: Builder): number => {
  builder.slots.push(`=${builder.slots.length}`)
  return builder.slots.length - 1
}

/** What the names of slots of asynchronous iterators begin with. */
export const ASYNC_ITERATOR = '@'

/** Puts a value into a slot. */
export const intoSlot =
  (slot: number): Store =>
  (activation, value) => {
    activation.slots[slot] = value
  }

/** Gives what is in a slot. */
export const fromSlot =
  (slot: number): Evaluate =>
  (activation) =>
    activation.slots[slot] as Value

/** Gives what is in a slot, and empties it: an intermediate value that is used once. */
export const takenFrom =
  (slot: number): Evaluate =>
  (activation) => {
    const value = activation.slots[slot] as Value
    activation.slots[slot] = undefined
    return value
  }

/** Writes what stands inside a block. */
export const inBlock = (builder: Builder, block: Block, write: () => void): void => {
  const outer = builder.blocks
  builder.blocks = [block, ...outer]
  write()
  builder.blocks = outer
}
