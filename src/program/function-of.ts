import { childrenOf, partsOf } from './parts.js'
import type {
  AsyncFor,
  AsyncFunctionDef,
  Comprehension,
  Expression,
  For,
  FunctionDef,
  GeneratorExp,
  Lambda,
  Statement,
} from './syntax.js'

/** A lambda as the function that it makes, or a generator expression as one of the iterator that it goes through. */
export const functionOf = (expression: Lambda | GeneratorExp): FunctionDef | AsyncFunctionDef => {
  if (expression.kind === 'GeneratorExp') {
    const kind = isAsynchronous(expression) ? 'AsyncFunctionDef' : 'FunctionDef'
    return { kind, name: '<genexpr>', args: [iterated], body: loops(expression, expression.generators) }
  }
  const { kind: _, body, ...parameters } = expression
  return { kind: 'FunctionDef', name: '<lambda>', ...parameters, body: [{ kind: 'Return', value: body }] }
}

/** Whether a generator expression makes an asynchronous generator. Its first iterable stands outside of it. */
export const isAsynchronous = (expression: GeneratorExp): boolean => {
  const [, ...inside] = partsOf(expression)
  return expression.generators.some(({ is_async }) => is_async) || inside.some(awaits)
}

const awaits = (expression: Expression): boolean =>
  expression.kind === 'Await' || hasAsyncFor(expression) || childrenOf(expression).some(awaits)

/** Whether a comprehension goes through something asynchronous. */
export const hasAsyncFor = (expression: Expression): boolean =>
  (expression.kind === 'ListComp' || expression.kind === 'SetComp' || expression.kind === 'DictComp') &&
  expression.generators.some(({ is_async }) => is_async)

/** The parameter of a generator expression, as CPython calls it. No text can have such a name. */
const iterated = '.0'

/** Whether a loop goes through the iterator that a generator expression was given. */
export const isGiven = ({ iter }: For | AsyncFor): boolean => iter.kind === 'Name' && iter.id === iterated

const loops = (expression: GeneratorExp, generators: readonly Comprehension[]): readonly Statement[] => {
  const [first, ...others] = generators
  if (first === undefined) return [{ kind: 'Expr', value: { kind: 'Yield', value: expression.elt } }]
  const { target, ifs, is_async } = first
  const iter: Expression = generators === expression.generators ? { kind: 'Name', id: iterated } : first.iter
  const body = ifs.reduceRight<readonly Statement[]>(
    (inner, test) => [{ kind: 'If', test, body: inner, orelse: [] }],
    loops(expression, others),
  )
  return [{ kind: is_async ? 'AsyncFor' : 'For', target, iter, body, orelse: [] }]
}
