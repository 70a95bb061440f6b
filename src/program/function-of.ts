import type { Comprehension, Expression, FunctionDef, GeneratorExp, Lambda, Statement } from './syntax.js'

/** A lambda as the function that it makes, or a generator expression as one of the iterator that it goes through. */
export const functionOf = (expression: Lambda | GeneratorExp): FunctionDef => {
  if (expression.kind === 'GeneratorExp') {
    return { kind: 'FunctionDef', name: '<genexpr>', args: [iterated], body: loops(expression, expression.generators) }
  }
  const { kind: _, body, ...parameters } = expression
  return { kind: 'FunctionDef', name: '<lambda>', ...parameters, body: [{ kind: 'Return', value: body }] }
}

/** The parameter of a generator expression, as CPython calls it. No text can have such a name. */
const iterated = '.0'

const loops = (expression: GeneratorExp, generators: readonly Comprehension[]): readonly Statement[] => {
  const [first, ...others] = generators
  if (first === undefined) return [{ kind: 'Expr', value: { kind: 'Yield', value: expression.elt } }]
  const { target, ifs } = first
  const iter: Expression = generators === expression.generators ? { kind: 'Name', id: iterated } : first.iter
  const body = ifs.reduceRight<readonly Statement[]>(
    (inner, test) => [{ kind: 'If', test, body: inner, orelse: [] }],
    loops(expression, others),
  )
  return [{ kind: 'For', target, iter, body, orelse: [] }]
}
