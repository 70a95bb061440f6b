/**
 * The core language: a subset of Python as plain data. Node types and fields have the names of Python's `ast` module.
 * A number without a fraction is a Python `int` and stands here as a `bigint`; a `number` is a Python `float`.
 */

import type {
  AsyncForOf,
  AsyncWithOf,
  ClassDefOf,
  ExceptHandlerOf,
  ForOf,
  IfOf,
  TryOf,
  TryStarOf,
  WhileOf,
  WithItemOf,
  WithOf,
} from './compound-statements.js'
import type {
  ComprehensionOf,
  DictCompOf,
  DictOf,
  GeneratorExpOf,
  ListCompOf,
  ListOf,
  SetCompOf,
  SetOf,
  TupleOf,
} from './displays.js'
import type { NamedExprOf } from './named-expression.js'
import type { BinaryOperator, ComparisonOperator, UnaryOperator } from './operators.js'
import type { CallOf, KeywordOf, LambdaOf, ParametersOf, StarredOf } from './parameters.js'
import type { AssertOf, DeleteOf } from './plain-statements.js'
import type { SliceOf, SubscriptOf } from './subscripts.js'

/** A whole program: the statements of one module. */
export interface Module {
  readonly kind: 'Module'
  readonly body: readonly Statement[]
}

export type Statement = (
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Assign
  | AugAssign
  | For
  | AsyncFor
  | While
  | If
  | Raise
  | Assert
  | Delete
  | Try
  | TryStar
  | With
  | AsyncWith
  | Import
  | ImportFrom
  | Declaration
  | Expr
  | Simple
) & {
  /** Line of the text that was parsed, from 1. Like `ast`'s attribute of this name it is no part of the meaning. */
  readonly lineno?: number
}

export type Parameters = ParametersOf<Expression>

export type Assert = AssertOf<Expression>
export type Delete = DeleteOf<Target>
export type ClassDef = ClassDefOf<Expression, Decorator, Statement>

export interface FunctionDef extends ParametersOf<Expression> {
  readonly kind: 'FunctionDef'
  readonly name: string
  readonly body: readonly Statement[]
  /** Absent where there is none. */
  readonly decorator_list?: readonly Decorator[]
}

export interface AsyncFunctionDef extends Omit<FunctionDef, 'kind'> {
  readonly kind: 'AsyncFunctionDef'
}

/** A decorator of the modelled subset: a name, with modules or without, or a call of such. */
export type Decorator = Name | Attribute | Call

export interface Return {
  readonly kind: 'Return'
  readonly value: Expression | null
}

/** `target = value`, also chained: `a = b = value`. */
export interface Assign {
  readonly kind: 'Assign'
  readonly targets: readonly Target[]
  readonly value: Expression
}

export interface AugAssign {
  readonly kind: 'AugAssign'
  readonly target: Name | Attribute | Subscript
  readonly op: BinaryOperator
  readonly value: Expression
}

export type For = ForOf<Expression, Target, Statement>
export type AsyncFor = AsyncForOf<Expression, Target, Statement>
export type While = WhileOf<Expression, Statement>
export type If = IfOf<Expression, Statement>
export type Try = TryOf<Expression, Statement>
export type TryStar = TryStarOf<Expression, Statement>
export type ExceptHandler = ExceptHandlerOf<Expression, Statement>
export type With = WithOf<Expression, Name, Statement>
export type AsyncWith = AsyncWithOf<Expression, Name, Statement>
/** What is entered has a name or none in this subset. */
export type WithItem = WithItemOf<Expression, Name>

export interface Raise {
  readonly kind: 'Raise'
  readonly exc: Expression | null
  readonly cause: Expression | null
}

export interface Import {
  readonly kind: 'Import'
  readonly names: readonly Alias[]
}

export interface ImportFrom {
  readonly kind: 'ImportFrom'
  readonly module: string
  readonly names: readonly Alias[]
}

export interface Alias {
  readonly name: string
  readonly asname: string | null
}

export interface Declaration {
  readonly kind: 'Global' | 'Nonlocal'
  readonly names: readonly string[]
}

export interface Expr {
  readonly kind: 'Expr'
  readonly value: Expression
}

/** A statement that is one word. */
export interface Simple {
  readonly kind: 'Pass' | 'Break' | 'Continue'
}

export type Expression =
  | Constant
  | Name
  | Tuple
  | List
  | Dict
  | SetDisplay
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | BinOp
  | UnaryOp
  | BoolOp
  | Compare
  | IfExp
  | Lambda
  | Call
  | Attribute
  | Subscript
  | Slice
  | Starred
  | NamedExpr
  | Await
  | Yield
  | YieldFrom
  | JoinedStr

/** What may stand left of `=`: a name, an attribute, a subscript, or a tuple or list of targets. */
export type Target = Name | Attribute | Subscript | Tuple | List

export type { BinaryOperator, ComparisonOperator, UnaryOperator } from './operators.js'

/** A literal. Numbers are not negative (`-1` is a `UnaryOp`) and finite. */
export interface Constant {
  readonly kind: 'Constant'
  readonly value: null | boolean | bigint | number | string
}

export interface Name {
  readonly kind: 'Name'
  readonly id: string
}

export type Tuple = TupleOf<Expression>
export type List = ListOf<Expression>
export type Dict = DictOf<Expression>
export type SetDisplay = SetOf<Expression>
export type SetComp = SetCompOf<Expression, Target>
export type DictComp = DictCompOf<Expression, Target>
export type GeneratorExp = GeneratorExpOf<Expression, Target>
export type ListComp = ListCompOf<Expression, Target>
export type Comprehension = ComprehensionOf<Expression, Target>
export type Lambda = LambdaOf<Expression>
export type Call = CallOf<Expression>
export type Starred = StarredOf<Expression>
export type Keyword = KeywordOf<Expression>

export interface BinOp {
  readonly kind: 'BinOp'
  readonly left: Expression
  readonly op: BinaryOperator
  readonly right: Expression
}

export interface UnaryOp {
  readonly kind: 'UnaryOp'
  readonly op: UnaryOperator
  readonly operand: Expression
}

export interface BoolOp {
  readonly kind: 'BoolOp'
  readonly op: 'And' | 'Or'
  /** Two or more. */
  readonly values: readonly Expression[]
}

/** `left op comparator …`: as many operators as comparators, one or more. */
export interface Compare {
  readonly kind: 'Compare'
  readonly left: Expression
  readonly ops: readonly ComparisonOperator[]
  readonly comparators: readonly Expression[]
}

export interface IfExp {
  readonly kind: 'IfExp'
  readonly test: Expression
  readonly body: Expression
  readonly orelse: Expression
}

export interface Attribute {
  readonly kind: 'Attribute'
  readonly value: Expression
  readonly attr: string
}

export type Subscript = SubscriptOf<Expression>
export type Slice = SliceOf<Expression>
export type NamedExpr = NamedExprOf<Name, Expression>

export interface Await {
  readonly kind: 'Await'
  readonly value: Expression
}

/** `yield value`, or a bare `yield`. A function in which one stands is a generator function. */
export interface Yield {
  readonly kind: 'Yield'
  readonly value: Expression | null
}

/** `yield from value`: delegation (3.3). */
export interface YieldFrom {
  readonly kind: 'YieldFrom'
  readonly value: Expression
}

/** An f-string. Two constants never stand side by side, and no constant is empty. */
export interface JoinedStr {
  readonly kind: 'JoinedStr'
  readonly values: readonly (StringConstant | FormattedValue)[]
}

export interface StringConstant {
  readonly kind: 'Constant'
  readonly value: string
}

export interface FormattedValue {
  readonly kind: 'FormattedValue'
  readonly value: Expression
  readonly conversion: 's' | 'r' | null
  /** The text behind the colon, without nested replacement fields. */
  readonly format_spec: string | null
}
