import type { SyntaxNode } from '@lezer/common'
import { type Place, parseArguments } from './parse-expression.js'
import { identifier, use } from './scope.js'
import { placed } from './source.js'
import type { Attribute, Decorator, Name } from './syntax.js'
import { parts, present } from './tree.js'

/** Reads `@name`, `@module.name` or a call of such. */
export function parseDecorator({ source, ...place }: Place, node: SyntaxNode): Decorator {
  const [, first, ...others] = parts(node).filter(({ name }) => name !== '.')
  const name = present(source, first, node.to)
  const at = name.from
  const base: Name | Attribute = { kind: 'Name', id: use(place.scope, identifier(source, name)) }
  const attributes = others.filter(({ name }) => name !== 'ArgList')
  const func = attributes.reduce<Name | Attribute>(
    (value, attribute) => placed(source, at, { kind: 'Attribute', value, attr: identifier(source, attribute) }),
    placed(source, at, base),
  )
  const list = others.find((other) => other.name === 'ArgList')
  return list === undefined
    ? func
    : placed(source, at, { kind: 'Call', func, ...parseArguments({ source, ...place }, list, node.to) })
}
