/** Operators, by the names that `ast` has for them. */

export type BinaryOperator =
  | 'Add'
  | 'Sub'
  | 'Mult'
  | 'Div'
  | 'FloorDiv'
  | 'Mod'
  | 'Pow'
  | 'BitOr'
  | 'BitAnd'
  | 'BitXor'
  | 'LShift'
  | 'RShift'

export type UnaryOperator = 'Not' | 'USub' | 'UAdd' | 'Invert'

export type ComparisonOperator = 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn'
