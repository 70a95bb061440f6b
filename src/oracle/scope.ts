import { allFeatures, type Feature, featuresOf } from './features.js'

/** Lines of Python without the indentation of the block they stand in. */
export type Lines = readonly string[]

/** The lines of an operation, and what is in reach behind it. */
export type Rendered = readonly [Lines, Scope]

/** What is in reach at a place of a program under construction, by name. */
export interface Scope {
  /** The function, for what it prints. */
  readonly who: string
  readonly kind: 'module' | 'callback' | 'coroutine'
  readonly inLoop: boolean
  readonly inHandler: boolean
  /** Whether an `except*` block stands around: nothing returns from there. */
  readonly inStar: boolean
  /** Seconds in a unit of time. */
  readonly unit: number
  readonly futures: readonly string[]
  readonly tasks: readonly string[]
  /** The tasks that may be awaited here without a circle of tasks that await each other. */
  readonly awaitable: readonly string[]
  /** The task groups, in their body and behind it. */
  readonly groups: readonly string[]
  readonly handles: readonly string[]
  readonly timeouts: readonly string[]
  readonly coroutines: readonly string[]
  /** Asynchronous generators. */
  readonly streams: readonly string[]
  readonly callbacks: readonly string[]
  /** Locks, queues and so on; by the name one knows which. */
  readonly primitives: readonly string[]
  /** Those inside of whose `async with` this is. */
  readonly held: readonly string[]
  readonly functions: readonly string[]
  /** The parts of asyncio that the program may use. */
  readonly features: readonly Feature[]
  /** A name that is not used yet. */
  readonly fresh: (prefix: string) => string
}

/** A block of lines one level deeper. */
export const indented = (lines: Lines): Lines => lines.map((line) => `    ${line}`)

/** What the function prints, behind its own name. */
export const say = ({ who }: Pick<Scope, 'who'>, ...parts: Lines): string => `print('${who}', ${parts.join(', ')})`

/** A number of seconds as a literal. */
export const seconds = ({ unit }: Pick<Scope, 'unit'>, units: number): string => String(units * unit)

/** Whether lines use only parts of asyncio that the program may use. */
export const mayUse = ({ features }: Scope, lines: readonly string[]): boolean =>
  features === allFeatures || featuresOf(lines.join('\n')).every((feature) => features.includes(feature))

/** Names that are counted: `child1`, `child2` … */
export const freshNames = (): Scope['fresh'] => {
  const counts = new Map<string, number>()
  return (prefix) => {
    const count = (counts.get(prefix) ?? 0) + 1
    counts.set(prefix, count)
    return `${prefix}${count}`
  }
}

/** An item by an index of any size; undefined where there is none. */
export const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % items.length]
