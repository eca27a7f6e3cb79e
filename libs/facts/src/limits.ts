/** The bound on everything that a fact may carry. A body over the limit is a claim check, never a bigger message. */
export const limits = {
  /** A fact's JSON, in bytes. */
  factBytesMax: 256 * 1024,
  /** Nesting of objects and lists in a fact. */
  depthMax: 64,
  idLengthMax: 64,
  nameLengthMax: 255,
  textLengthMax: 4_000,
  uriLengthMax: 1_024,
  typesMax: 256,
  policyRowsMax: 50,
  expressionLengthMax: 2_000,
} as const;
