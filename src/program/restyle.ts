import { type Era, type Feature, history, isBefore } from './history.js'
import { mapBody } from './map.js'
import { needsOf } from './needs.js'
import { isGeneratorFunction } from './symbols.js'
import type {
  AsyncFunctionDef,
  Attribute,
  BinOp,
  Call,
  Expression,
  FormattedValue,
  FunctionDef,
  JoinedStr,
  Module,
  Name,
  Statement,
} from './syntax.js'

/**
 * A program of asyncio as it was written in an era. `asyncio.run`, where it stands alone, becomes a loop that is got, run and
 * closed; tasks that are left over are not cancelled then. For what an era has no other words it stays as it is.
 */
export const inStyleOf = (era: Exclude<Era, '3.3'>, { body }: Module): Module => ({
  kind: 'Module',
  body: mapBody(body, {
    statement: (statement) => {
      if (isBefore(era, '3.5') && statement.kind === 'AsyncFunctionDef') {
        return [isAsynchronousThroughout(statement) ? statement : decorated(statement)]
      }
      const main = isBefore(era, '3.7') ? mainOfRun(statement) : null
      return main === null ? [statement] : runByHand(main)
    },
    expression: (expression) => {
      switch (expression.kind) {
        case 'JoinedStr':
          return isBefore(era, '3.6') ? joined(expression) : expression
        case 'Call':
          return isBefore(era, '3.7') ? older(expression) : expression
        default:
          return expression
      }
    },
  }),
})

const name = (id: string): Name => ({ kind: 'Name', id })
const attribute = (value: Expression, attr: string): Attribute => ({ kind: 'Attribute', value, attr })
const call = (func: Expression, ...args: readonly Expression[]): Call => ({ kind: 'Call', func, args, keywords: [] })
const ofAsyncio = (attr: string): Attribute => attribute(name('asyncio'), attr)

const isOfAsyncio = (value: Expression, attr: string): boolean =>
  value.kind === 'Attribute' && value.attr === attr && value.value.kind === 'Name' && value.value.id === 'asyncio'

/** What an `async def` may have, itself or in a function inside, and no generator. */
const asynchronous: ReadonlySet<Feature> = new Set([
  history['async def'],
  history['async for'],
  history['async with'],
  history['async comprehension'],
  history['await in a comprehension'],
])

const isAsynchronousThroughout = (coroutine: AsyncFunctionDef): boolean =>
  isGeneratorFunction(coroutine) ||
  needsOf({ kind: 'Module', body: coroutine.body }).some(({ feature }) => asynchronous.has(feature))

/** `@asyncio.coroutine`. Where there is nothing to wait for, a `yield` that is never reached makes a generator of it. */
const decorated = (coroutine: AsyncFunctionDef): FunctionDef => {
  const body = mapBody(coroutine.body, {
    statement: (statement) => [statement],
    expression: (expression) =>
      expression.kind === 'Await' ? { kind: 'YieldFrom', value: expression.value } : expression,
  })
  const decorator_list = [...(coroutine.decorator_list ?? []), ofAsyncio('coroutine')]
  const definition: FunctionDef = { ...coroutine, kind: 'FunctionDef', body, decorator_list }
  return isGeneratorFunction(definition) ? definition : { ...definition, body: [...definition.body, ...never] }
}

const never: readonly Statement[] = [
  { kind: 'Return', value: null },
  { kind: 'Expr', value: { kind: 'Yield', value: null } },
]

/** What `asyncio.run(main)` runs, where the statement is that. */
const mainOfRun = (statement: Statement): Expression | null => {
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') return null
  const { func, args, keywords } = statement.value
  const [main, ...others] = args
  const isRun = isOfAsyncio(func, 'run') && others.length + keywords.length === 0
  return isRun && main !== undefined && main.kind !== 'Starred' ? main : null
}

const runByHand = (main: Expression): readonly Statement[] => [
  { kind: 'Assign', targets: [name('loop')], value: call(ofAsyncio('get_event_loop')) },
  { kind: 'Expr', value: call(attribute(name('loop'), 'run_until_complete'), main) },
  { kind: 'Expr', value: call(attribute(name('loop'), 'close')) },
]

/** What was called before 3.7 for what is called now; a task had no name then. */
const older = (expression: Call): Call => {
  const { func, args, keywords } = expression
  if (keywords.length > 0) return expression
  if (isOfAsyncio(func, 'create_task')) return { kind: 'Call', func: ofAsyncio('ensure_future'), args, keywords }
  if (isOfAsyncio(func, 'get_running_loop')) return { kind: 'Call', func: ofAsyncio('get_event_loop'), args, keywords }
  return expression
}

/** An f-string as a sum of strings, as far as it has no format specifications. */
const joined = (expression: JoinedStr): Expression => {
  if (expression.values.some((part) => part.kind === 'FormattedValue' && part.format_spec !== null)) return expression
  const parts = expression.values.map((part) => (part.kind === 'Constant' ? part : texted(part)))
  const [first, ...others] = parts
  if (first === undefined) return { kind: 'Constant', value: '' }
  return others.reduce<Expression>((left, right): BinOp => ({ kind: 'BinOp', left, op: 'Add', right }), first)
}

const texted = ({ value, conversion }: FormattedValue): Call => call(name(conversion === 'r' ? 'repr' : 'str'), value)
