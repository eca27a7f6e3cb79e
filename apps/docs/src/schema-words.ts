/** A JSON Schema said in a few words, for a table's cell. Pure. */

export interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: unknown;
  readonly required?: readonly string[];
}

const safeMax = Number.MAX_SAFE_INTEGER;

/** What a value may be: its type, then its bounds. */
export function shapeOf(node: SchemaNode): string {
  if (node.const !== undefined) return code(node.const);
  if (node.enum) return node.enum.map(code).join(', ');
  if (node.anyOf) return node.anyOf.map(shapeOf).join(' or ');
  const inner = node.items && shapeOf(node.items);
  return [inner === undefined ? (node.type ?? 'any') : `list of ${inner}`, ...boundsOf(node)].join(', ');
}

function boundsOf(node: SchemaNode): string[] {
  const { format, pattern, minLength, maxLength, minimum, maximum, exclusiveMinimum, maxItems } = node;
  const lowest = minimum === undefined || minimum <= -safeMax ? undefined : minimum;
  const highest = maximum === undefined || maximum >= safeMax ? undefined : maximum;
  return [
    ...(format === undefined ? [] : [format]),
    ...(pattern === undefined || format !== undefined ? [] : [`\`${pattern}\``]),
    ...(minLength === undefined || minLength === 0 ? [] : [minLength === 1 ? 'not empty' : `at least ${grouped(minLength)} characters`]),
    ...(maxLength === undefined ? [] : [`at most ${grouped(maxLength)} characters`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${grouped(exclusiveMinimum)}`]),
    ...(lowest === undefined ? [] : [`from ${grouped(lowest)}`]),
    ...(highest === undefined ? [] : [`to ${grouped(highest)}`]),
    ...(maxItems === undefined ? [] : [`at most ${grouped(maxItems)} items`]),
  ];
}

/** 1,048,576; the same on every machine. */
export function grouped(number: number): string {
  return number.toString().replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}
