/** A JSON Schema (2020-12), as it stands in the document. */
export type Schema = { readonly [keyword: string]: unknown };

/** A schema that has a name in the document. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object with no other members than these, of which some must be there. */
export const closedWith = (
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
): Schema => ({ type: 'object', properties, required, additionalProperties: false });

/** The same, of which all must be there but a few. */
export const closed = (
  properties: Readonly<Record<string, Schema>>,
  optional: readonly string[] = [],
  more: Schema = {},
): Schema => ({
  ...closedWith(
    properties,
    Object.keys(properties).filter((name) => !optional.includes(name)),
  ),
  ...more,
});

export const text = (description?: string): Schema => ({
  type: 'string',
  ...(description === undefined ? {} : { description }),
});

export const count: Schema = { type: 'integer', minimum: 0 };

export const list = (items: Schema, description?: string): Schema => ({
  type: 'array',
  items,
  ...(description === undefined ? {} : { description }),
});
