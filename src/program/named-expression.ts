/** `target := value`. */
export interface NamedExprOf<N, E> {
  readonly kind: 'NamedExpr'
  readonly target: N
  readonly value: E
}
