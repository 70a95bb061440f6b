import type { SyntaxNode } from '@lezer/common'
import type { Place } from './parse-expression.js'
import { parseStrings } from './parse-string.js'
import { identifier, use } from './scope.js'
import { unmodelled } from './source.js'
import { parts, textOf } from './tree.js'

const ALLOWED =
  /^(?:VariableName|MemberExpression|PropertyName|ParenthesizedExpression|TupleExpression|ArrayExpression|BinaryExpression|BitOp|Ellipsis|None|String|[.,:()[\]])$/

/** Passes over an annotation, which means nothing to the model but must be Python all the same. */
export function skipAnnotation(place: Place, annotation: SyntaxNode): void {
  for (const node of parts(annotation)) {
    const known = ALLOWED.test(node.name) && (node.name !== 'BitOp' || textOf(place.source, node) === '|')
    if (!known || (node.name === ':' && annotation.name !== 'TypeDef')) {
      unmodelled(place.source, node.from, 'annotations other than plain types')
    }
    if (node.name === 'VariableName') use(place.scope, identifier(place.source, node))
    if (node.name === 'PropertyName') identifier(place.source, node)
    if (node.name === 'String') parseStrings(place.source, [node], () => ({ kind: 'Constant', value: null }))
    skipAnnotation(place, node)
  }
}
