/** Why an expression is refused, and where. */
export interface ExpressionFault {
  /** UPPER_SNAKE. */
  readonly code: string;
  /** The evaluator's or the check's own sentence, in English. */
  readonly summary: string;
  /** Offset in the expression, in code units from 0. */
  readonly offset?: number;
}
