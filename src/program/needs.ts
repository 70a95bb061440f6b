import { hasAsyncFor, isAsynchronous } from './function-of.js'
import { eras, type Feature, history, isBefore, members, refusal } from './history.js'
import { blocksOf, childrenOf, expressionsOf, partsOf } from './parts.js'
import { type InPlace, isGeneratorFunction } from './symbols.js'
import type { Expression, GeneratorExp, Module, Statement } from './syntax.js'

/** A feature that a program needs, and a node that needs it. */
export interface Need {
  readonly feature: Feature
  readonly node: Statement | Expression
}

/** What a program needs. What its syntax tree does not show is none of it: annotations, underscores in numbers. */
export const needsOf = (module: Module): readonly Need[] => {
  const all = statementsIn(module.body)
  const names = new Set(all.flatMap(namesOfAsyncio))
  return [
    ...all.flatMap(needsOfStatement),
    ...all.flatMap(expressionsOf).flatMap((expression) => needsOfExpression(expression, names, false)),
    ...continuesInFinally(module.body, false),
  ]
}

/** The first version that has all that a program needs; null where none has. */
export const earliestVersion = (module: Module): string | null => {
  const features = needsOf(module).map(({ feature }) => feature)
  const version = features.reduce<string>((latest, { since }) => (isBefore(latest, since) ? since : latest), eras[0])
  return features.every((feature) => refusal(feature, version) === null) ? version : null
}

/** All statements, those inside functions among them. */
export const statementsIn = (body: readonly Statement[]): readonly Statement[] =>
  body.flatMap((statement) => [statement, ...bodiesOf(statement).flatMap(statementsIn)])

const bodiesOf = (statement: Statement): readonly (readonly Statement[])[] => {
  switch (statement.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
      return [statement.body]
    default:
      return blocksOf(statement)
  }
}

/** The names under which a statement imports asyncio. */
const namesOfAsyncio = (statement: Statement): readonly string[] =>
  statement.kind !== 'Import'
    ? []
    : statement.names.flatMap(({ name, asname }) => (name === 'asyncio' ? [asname ?? name] : []))

const needsOfStatement = (node: Statement): readonly Need[] => {
  switch (node.kind) {
    case 'AsyncFunctionDef':
      return [
        { feature: history['async def'], node },
        ...(isGeneratorFunction(node) ? [{ feature: history['asynchronous generator'], node }] : []),
      ]
    case 'AsyncFor':
      return [{ feature: history['async for'], node }]
    case 'AsyncWith':
      return [{ feature: history['async with'], node }]
    case 'TryStar':
      return [{ feature: history['except*'], node }]
    case 'Import':
      return node.names.flatMap(({ name }) => needsOfModule(node, name))
    case 'ImportFrom':
      return [
        ...needsOfModule(node, node.module),
        ...node.names.flatMap(({ name }) => needsOfMember(node, node.module, name)),
      ]
    default:
      return []
  }
}

const needsOfModule = (node: Statement, name: string): readonly Need[] =>
  name === 'asyncio' || name === 'contextvars' || name === 'typing' ? [{ feature: history[name], node }] : []

const needsOfMember = (node: Need['node'], module: string, name: string): readonly Need[] => {
  const feature = members.get(`${module}.${name}`)
  return feature === undefined ? [] : [{ feature, node }]
}

/** `names` are those of asyncio; `inside` is what an `await` needs here besides. */
const needsOfExpression = (node: Expression, names: ReadonlySet<string>, inside: Feature | false): readonly Need[] => {
  const needs = (feature: Feature): Need => ({ feature, node })
  const within = (expressions: readonly Expression[], place: Feature | false = inside): readonly Need[] =>
    expressions.flatMap((expression) => needsOfExpression(expression, names, place))
  switch (node.kind) {
    case 'YieldFrom':
      return [needs(history['yield from']), ...within([node.value])]
    case 'Await':
      return [needs(history.await), ...(inside === false ? [] : [needs(inside)]), ...within([node.value])]
    case 'JoinedStr':
      return [needs(history['f-string']), ...within(childrenOf(node), history['await in an f-string'])]
    case 'GeneratorExp':
      return [...needsOfComprehension(node), ...within(partsOf(node), false)]
    case 'ListComp':
    case 'SetComp':
    case 'DictComp': {
      const [outermost, ...others] = childrenOf(node)
      const place = inside === false ? history['await in a comprehension'] : inside
      return [
        ...needsOfComprehension(node),
        ...within(outermost === undefined ? [] : [outermost]),
        ...within(others, place),
      ]
    }
    case 'Dict':
      return [...(node.keys.includes(null) ? [needs(history['dict in a dict'])] : []), ...within(childrenOf(node))]
    case 'NamedExpr':
      return [needs(history['assignment expression']), ...within([node.value])]
    case 'Tuple':
    case 'List':
    case 'Set':
      return [
        ...(node.elts.some(({ kind }) => kind === 'Starred') ? [needs(history['starred element'])] : []),
        ...within(node.elts),
      ]
    case 'Lambda':
      return [...within(childrenOf(node)), ...within([node.body], false)]
    case 'Call': {
      const starred = node.args.findIndex(({ kind }) => kind === 'Starred')
      const double = node.keywords.findIndex(({ arg }) => arg === null)
      const isNew =
        (starred >= 0 && starred < node.args.length - 1) || (double >= 0 && double < node.keywords.length - 1)
      return [...(isNew ? [needs(history['argument behind a starred one'])] : []), ...within(childrenOf(node))]
    }
    case 'Attribute': {
      const isAsyncio = node.value.kind === 'Name' && names.has(node.value.id)
      return [...(isAsyncio ? needsOfMember(node, 'asyncio', node.attr) : []), ...within([node.value])]
    }
    default:
      return within(childrenOf(node))
  }
}

const needsOfComprehension = (node: GeneratorExp | InPlace): readonly Need[] => {
  const [, ...inside] = partsOf(node)
  const isAsync = node.kind === 'GeneratorExp' ? isAsynchronous(node) : hasAsyncFor(node)
  const isNested = inside.some(holdsAsyncFor)
  return [
    ...(isAsync ? [{ feature: history['async comprehension'], node }] : []),
    ...(isNested ? [{ feature: history['async comprehension in a comprehension'], node }] : []),
  ]
}

const holdsAsyncFor = (expression: Expression): boolean =>
  hasAsyncFor(expression) || childrenOf(expression).some(holdsAsyncFor)

/** Each `continue` in a `finally` that leaves it for a loop around. */
const continuesInFinally = (body: readonly Statement[], isInFinally: boolean): readonly Need[] =>
  body.flatMap((node): readonly Need[] => {
    switch (node.kind) {
      case 'Continue':
        return isInFinally ? [{ feature: history['continue in finally'], node }] : []
      case 'FunctionDef':
      case 'AsyncFunctionDef':
      case 'ClassDef':
        return continuesInFinally(node.body, false)
      case 'For':
      case 'AsyncFor':
      case 'While':
        return [...continuesInFinally(node.body, false), ...continuesInFinally(node.orelse, isInFinally)]
      case 'Try':
      case 'TryStar':
        return [
          ...blocksOf(node)
            .slice(0, -1)
            .flatMap((block) => continuesInFinally(block, isInFinally)),
          ...continuesInFinally(node.finalbody, true),
        ]
      default:
        return blocksOf(node).flatMap((block) => continuesInFinally(block, isInFinally))
    }
  })
